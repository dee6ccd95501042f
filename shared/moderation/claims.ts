/**
 * Claims 宣传用语 that may not stand beside tea, as data: class, why, and the law that a reviewer should open (a hint, not an opinion).
 * Matched on normalised text by plain substring search: linear, nothing that backtracks. `#` in a term stands for any number, written in
 * digits or in Chinese.
 */
export const claimClasses = {
  health: { words: '治病、保健说法', law: '《广告法》第十七条、《食品安全法》第七十三条' },
  absolute: { words: '绝对化用语', law: '《广告法》第九条第（三）项' },
  investment: { words: '保值升值说法', law: '《广告法》第二十五条' },
  status: { words: '假借国家名义', law: '《广告法》第九条第（二）项' },
  origin: { words: '产地、树龄、年份无凭据', law: '《广告法》第二十八条、《电子商务法》第十七条' },
  scarcity: { words: '虚构紧缺', law: '《反不正当竞争法》关于虚假宣传的条款' },
  offSite: { words: '引导站外交易', law: '园区交易规则' },
} as const

export type ClaimClass = keyof typeof claimClasses

const terms: Record<ClaimClass, readonly string[]> = {
  health: ['降血脂', '降血糖', '降血压', '降三高', '抗癌', '治便秘', '治失眠', '养胃', '补血', '接骨', '包治', '疗效', '减肥'],
  absolute: ['全网最低', '第一山头', '国家级', '顶级', '史上最', '最好的茶'],
  investment: ['保值', '升值', '翻#倍', '稳赚', '只涨不跌'],
  status: ['特供', '国礼', '国宴'],
  origin: ['#年古树', '冰岛料', '老班章料', '#年陈'],
  scarcity: ['最后#单', '错过不再', '再不抢'],
  offSite: ['加微信', '加薇信', '加v信', '加vx', '加wx', '私信下单', '扫码加群', '私下转账'],
}

export interface Claim {
  class: ClaimClass
  /** As the author wrote it. */
  text: string
  why: string
}

/** What people put between letters so that a list does not see the word: spaces, punctuation, zero-width marks, emoji glue. */
const isFiller = (cp: number): boolean =>
  cp < 0x30 ||
  (cp > 0x39 && cp < 0x41) ||
  (cp > 0x5a && cp < 0x61) ||
  (cp > 0x7a && cp < 0xc0) ||
  (cp >= 0x2000 && cp <= 0x2bff) ||
  (cp >= 0x3000 && cp <= 0x3004) ||
  (cp >= 0x3008 && cp <= 0x3020) ||
  cp === 0x30fb ||
  (cp >= 0xfe00 && cp <= 0xfe4f) ||
  cp === 0xfeff ||
  cp >= 0x1f000

const isNumeral = (c: string): boolean => (c >= '0' && c <= '9') || '零〇一二两三四五六七八九十百千万几'.includes(c)

interface Letter {
  c: string
  /** Where in the original text it began and ended. */
  from: number
  to: number
}

/** Full-width to half-width, capitals to small, fillers away; each letter remembers where it came from. */
const lettersOf = (text: string): Letter[] => {
  const letters: Letter[] = []
  let at = 0
  for (const original of text) {
    const to = at + original.length
    for (const c of original.normalize('NFKC').toLowerCase()) {
      if (!isFiller(c.codePointAt(0) as number)) letters.push({ c, from: at, to })
    }
    at = to
  }
  return letters
}

/** Runs of numerals become one `#`. */
const withNumbers = (letters: readonly Letter[]): Letter[] => {
  const out: Letter[] = []
  for (const l of letters) {
    const last = out.at(-1)
    if (!isNumeral(l.c)) out.push(l)
    else if (last?.c === '#') last.to = l.to
    else out.push({ c: '#', from: l.from, to: l.to })
  }
  return out
}

/** "2019年" names a year and is no age: `#年陈` means "20年陈". */
const isYear = (term: string, number: string): boolean => term.startsWith('#年') && /^\d{4}$/.test(number)

// one UTF-16 unit per letter, so that an index in the joined text is an index in the letters
const join = (letters: readonly Letter[]): string => letters.map((l) => (l.c.length === 1 ? l.c : '\u0000')).join('')

/** Every claim in a text, in the order in which they stand. Linear in the text's length. */
export const readClaims = (text: string): Claim[] => {
  const plain = lettersOf(text)
  const numbered = withNumbers(plain)
  const [plainText, numberedText] = [join(plain), join(numbered)]
  const found: (Claim & { at: number })[] = []
  for (const [name, list] of Object.entries(terms) as [ClaimClass, readonly string[]][]) {
    for (const term of list) {
      const [letters, joined] = term.includes('#') ? [numbered, numberedText] : [plain, plainText]
      for (let i = joined.indexOf(term); i >= 0; i = joined.indexOf(term, i + term.length)) {
        const [first, last] = [letters[i] as Letter, letters[i + term.length - 1] as Letter]
        if (isYear(term, text.slice(first.from, first.to))) continue
        const { words, law } = claimClasses[name]
        found.push({ class: name, text: text.slice(first.from, last.to), why: `${words}：${law}`, at: first.from })
      }
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ at: _, ...claim }) => claim)
}
