/** The roles of people in a shop and at the park's desk, with the words people read. */
export const shopRoles = { owner: '店主', streamer: '主播', assistant: '场控', clerk: '客服' } as const
export type ShopRole = keyof typeof shopRoles

export const parkRoles = { head: '园区负责人', reviewer: '审核员', patrol: '巡查员', finance: '财务', service: '企业服务' } as const
export type ParkRole = keyof typeof parkRoles

export const tenantKinds = { enterprise: '企业', cooperative: '合作社', farmer: '农户' } as const
export type TenantKind = keyof typeof tenantKinds
