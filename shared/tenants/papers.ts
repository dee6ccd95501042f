/** The papers 证照 that a tenant may show. */
export type PaperKind =
  | 'businessLicence'
  | 'foodBusinessLicence'
  | 'prepackFiling'
  | 'productionLicence'
  | 'workshopRegistration'
  | 'selfGrownStatement'
  | 'qualityCertificate'
  | 'giUse'
  | 'labReport'
  | 'treeSurvey'
  | 'plotEvidence'
