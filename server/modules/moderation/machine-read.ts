import { and, eq } from 'drizzle-orm'
import type { CaseId } from '../../../shared/ids.ts'
import { machineRisk, type Risk } from '../../../shared/moderation/risk.ts'
import type { App } from '../../platform/app.ts'
import type { Opinion } from '../../ports/content-safety.ts'
import { openidOf } from '../identity/index.ts'
import { MACHINE_READS } from './check-words.ts'
import { levelNumber } from './open-case.ts'
import { moderationCases, moderationFindings } from './tables.ts'

/**
 * Asks the machine what it thinks of a case's words and adds its findings; safe to repeat, the last reading stays. A `pass` leaves no finding,
 * anything else does, also that the machine could not read. OutsideTrouble when it does not answer.
 */
export async function machineRead(app: App, caseId: CaseId): Promise<void> {
  const [found] = await app.read
    .select({ sheet: moderationCases.now, askedBy: moderationCases.askedBy })
    .from(moderationCases)
    .where(eq(moderationCases.id, caseId))
  if (!found) return
  const openid = found.askedBy ? await openidOf(app.read, found.askedBy) : null
  const fields = found.sheet.fields.filter((f) => (f.value ?? '') !== '')
  const letters = [...fields.map((f) => f.value).join('\n')]
  const findings: { field: string; text: string; why: string }[] = []
  let worst: Risk | null = null
  for (let from = 0; from < letters.length; from += MACHINE_READS) {
    const text = letters.slice(from, from + MACHINE_READS).join('')
    const opinion = await app.ports.contentSafety.readText({ text, scene: 'listing', openid })
    if (opinion.suggest === 'pass') continue
    if (worst === null || opinion.suggest === 'risky') worst = machineRisk(opinion.suggest)
    const words = opinion.words.length > 0 ? opinion.words : ['']
    for (const word of words) {
      const field = fields.find((f) => word !== '' && f.value?.includes(word))?.field ?? 'all'
      findings.push({ field, text: [...word].slice(0, 200).join(''), why: whyOf(opinion) })
    }
  }
  await app.work({ kind: 'subscriber', name: 'moderation.machine-read' }, async (work) => {
    // the case first, so that two readings of one case do not mix
    const [row] = await work.db
      .select({ risks: moderationCases.risks })
      .from(moderationCases)
      .where(eq(moderationCases.id, caseId))
      .for('update')
    const risks = [...(row?.risks ?? []).filter((r) => !machineSays.has(r.why)), ...(worst ? [worst] : [])]
    await work.db
      .update(moderationCases)
      .set({ risks, level: levelNumber(risks) })
      .where(eq(moderationCases.id, caseId))
    await work.db.delete(moderationFindings).where(and(eq(moderationFindings.caseId, caseId), eq(moderationFindings.source, 'machine')))
    if (findings.length > 0)
      await work.db.insert(moderationFindings).values(findings.map((f, no) => ({ caseId, source: 'machine' as const, no, ...f })))
  })
}

/** What an earlier reading of the machine may have added. */
const machineSays = new Set((['risky', 'review'] as const).map((s) => machineRisk(s).why))

const whyOf = ({ suggest, label }: Opinion): string =>
  `${suggest === 'risky' ? '机器建议不通过' : '机器建议人工细看'}：${labelWords[label] ?? label}`

/** WeChat's labels (msg_sec_check) as the port names them. */
const labelWords: Record<string, string> = {
  advertising: '广告',
  politics: '时政',
  porn: '色情',
  abuse: '辱骂',
  crime: '违法犯罪',
  fraud: '欺诈',
  vulgar: '低俗',
  copyright: '版权',
  other: '其他',
  unknownVisitor: '机器读不到提交人，未能审读',
  notChecked: '机器未能审读',
}
