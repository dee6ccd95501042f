import { riskWords } from '@shared/moderation/risk.ts'
import { findingSourceWords } from '@shared/moderation/words.ts'
import { tenantKinds } from '@shared/tenants/roles.ts'
import { businessDay, instant } from '@shared/time.ts'
import { texts } from '@/lib/texts.ts'
import type { CasePage } from './queries.ts'

/** How much care it wants, and why. */
export function Risks({ one }: { one: CasePage }) {
  if (one.risks.length === 0) return null
  return (
    <section className="stack-s">
      <h3>{riskWords[one.level]}</h3>
      <ul className="hint">
        {one.risks.map((risk) => (
          <li key={risk.why}>
            {risk.why} +{risk.points}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What the house found by itself. */
export function Findings({ one }: { one: CasePage }) {
  const labels = new Map(one.now.fields.map((field) => [field.field, field.label]))
  return (
    <section className="stack-s">
      <h3>{texts.review.findings}</h3>
      {one.findings.length === 0 ? (
        <p className="hint">{texts.review.findingsNone}</p>
      ) : (
        <ul className="stack-s">
          {one.findings.map((finding) => (
            <li key={`${finding.source}${finding.field}${finding.text}`} className="notice alarm">
              <span className="hint small">
                {findingSourceWords[finding.source]} · {labels.get(finding.field) ?? finding.field}
              </span>
              <br />
              <strong>{finding.text}</strong>
              <br />
              {finding.why}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Who sells it, and by which papers. */
export function Papers({ one }: { one: CasePage }) {
  const { tenant } = one
  const today = businessDay(instant(Date.now()))
  return (
    <section className="stack-s">
      <h3>{texts.review.papers}</h3>
      <p>
        <strong>{tenant.name}</strong> <span className="hint">{tenantKinds[tenant.kind]}</span>
      </p>
      <dl className="stack-s">
        {tenant.uscc ? (
          <div>
            <dt className="hint small">{texts.review.uscc}</dt>
            <dd className="wrap">{tenant.uscc}</dd>
          </div>
        ) : null}
        <div>
          <dt className="hint small">{texts.review.address}</dt>
          <dd>{tenant.address}</dd>
        </div>
        {tenant.licences.map((licence) => (
          <div key={licence.name + licence.number}>
            <dt className="hint small">{licence.name}</dt>
            <dd className="wrap">
              {licence.number}
              {licence.until ? (
                <span className={licence.until < today ? 'field-wrong' : 'hint small'}>
                  <br />
                  {licence.until < today ? texts.review.licenceOver(licence.until) : texts.review.licenceUntil(licence.until)}
                </span>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
      {tenant.licences.length === 0 ? <p className="hint">{texts.review.licencesNone}</p> : null}
    </section>
  )
}
