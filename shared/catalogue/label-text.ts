/** From what a machine reads off a label's photo to the label's fields: a proposal that a person goes through word for word. */
import type { LabelFields } from './draft.ts'

/** Machines part Chinese letters with blanks; labels do not. */
const joined = (line: string): string =>
  line
    .normalize('NFKC')
    .replace(/(?<=[\p{Script=Han}：:（）()、，。/\d]) +(?=[\p{Script=Han}：:（）()、，。/\d])/gu, '')
    .replace(/ *: */g, ':')
    .trim()

/** What labels call each field (GB 7718-2011 § 4.1). */
const names: Record<keyof LabelFields, readonly string[]> = {
  name: ['品名', '产品名称', '食品名称', '名称'],
  netContent: ['净含量', '净含量(规格)', '规格'],
  scNumber: ['生产许可证编号', '食品生产许可证编号', '许可证编号', '生产许可证号'],
  standardCode: ['产品标准号', '产品标准代号', '执行标准', '产品执行标准'],
  productionDate: ['生产日期', '包装日期'],
  shelfLife: ['保质期'],
  maker: ['生产者', '生产商', '生产企业', '制造商', '生产厂家', '生产者名称'],
}

/** A licence number as machines misread it: O for 0, l for 1. */
const licenceIn = (text: string): string | null => {
  const m = /S\s?C\s?([0-9OoQIl|]{14})(?![0-9])/.exec(text.replace(/(?<=[0-9A-Za-z]) (?=[0-9A-Za-z])/g, ''))
  return m ? `SC${(m[1] ?? '').replace(/[OoQ]/g, '0').replace(/[Il|]/g, '1')}` : null
}

const standardIn = (text: string): string | null => {
  const m = /\b(GB|DB\d{2}|NY|GH|Q)\s?(\/\s?[A-Z0-9]{1,5})?\s?(\d{3,5}(?:\.\d{1,2})?)(\s?-\s?\d{4})?/.exec(text)
  return m ? `${m[1]}${(m[2] ?? '').replace(/\s/g, '')} ${m[3]}${(m[4] ?? '').replace(/\s/g, '')}` : null
}

/** The fields that can be told from these lines; those that cannot are left out. */
export const fieldsOnLabel = (text: string): Partial<LabelFields> => {
  const lines = text.split(/\r?\n/).map(joined).filter(Boolean)
  const found: Partial<LabelFields> = {}
  for (const line of lines) {
    const [, said = '', value = ''] = /^([^:]{2,12}):(.+)$/.exec(line) ?? []
    for (const [field, words] of Object.entries(names) as [keyof LabelFields, readonly string[]][])
      if (found[field] === undefined && value.trim() !== '' && words.includes(said.replace(/\s/g, ''))) found[field] = value.trim()
  }
  const whole = lines.join('\n')
  const licence = licenceIn(found.scNumber ?? whole)
  if (licence) found.scNumber = licence
  else delete found.scNumber
  const standard = standardIn(found.standardCode ?? whole)
  if (standard) found.standardCode = standard
  return found
}
