/** A text as the claims reader sees it: letters without disguise, each knowing where in the original it stands. */

export interface Letter {
  c: string
  /** Where in the original text it began and ended, in UTF-16 units. */
  from: number
  to: number
  /** What stood before it: nothing, filling, the end of a clause or of a sentence. */
  gap: 'none' | 'filling' | 'clause' | 'sentence'
  /** The how many-th sentence it stands in. */
  sentence: number
  /** Its place among the letters from which a numbered row was made. */
  index: number
}

/** What people put between letters so that a list does not see the word: spaces, punctuation, zero-width marks, emoji. */
const isFiller = (cp: number): boolean =>
  cp < 0x30 ||
  (cp > 0x39 && cp < 0x41) ||
  (cp > 0x5a && cp < 0x61) ||
  (cp > 0x7a && cp < 0xc0) ||
  (cp >= 0x300 && cp <= 0x36f) ||
  (cp >= 0x2000 && cp <= 0x2bff) ||
  (cp >= 0x3000 && cp <= 0x3004) ||
  (cp >= 0x3008 && cp <= 0x3020) ||
  cp === 0x30fb ||
  (cp >= 0xfe00 && cp <= 0xfe4f) ||
  cp === 0xfeff ||
  cp >= 0x1f000

const CLAUSE = new Set(',，;；:：')
const SENTENCE = new Set('。！？!?\n…')
const NUMERALS = new Set('0123456789零〇一二两三四五六七八九十百千万几数')

const HEARTS = new Set('❤♥♡💗💕💌💓💖💙💚💛💜🧡🖤🤍🤎💘💝'.replaceAll('\ufe0f', ''))
const SOUNDS_XIN = new Set('信芯心伈訫')
const PLUS = new Set('+➕✚✛＋')

const pairsOf = (row: string): [string, string][] => row.split(' ').map((p) => [[...p][0] as string, [...p][1] as string])

/** Look-alikes and sound-alikes that stand for one letter wherever they stand, and the traditional forms of the rules' letters. */
const ALIKE = new Map(
  pairsOf(
    '薇微 徽微 葳微 溦微 嶶微 釦扣 聯联 級级 國国 壓压 體体 減减 療疗 補补 養养 絕绝 頂顶 賺赚 漲涨 僅仅 後后 單单 錯错 過过 貢贡 禮礼 樹树 島岛 陳陈 無无 掃扫 碼码 轉转 賬账 帳账 帐账 羣群 錢钱 價价 値值 龍龙 藥药 癥症 濕湿 購购 買买 賣卖 搶抢 絶绝 領领 導导 專专 內内 網网 電电 話话 號号 進进 還还 釐厘',
  ),
)

/** Letters drawn as pictures: circled, boxed, flags. NFKC leaves them as they are. */
const drawnLetter = (cp: number): string | null => {
  for (const a of [0x1f150, 0x1f170, 0x1f1e6]) if (cp >= a && cp < a + 26) return String.fromCharCode(0x61 + cp - a)
  return null
}

const plainForm = (original: string, cp: number): string => {
  if (cp >= 0x4e00 && cp <= 0x9fff) return ALIKE.get(original) ?? original
  if (cp < 0x80) return original.toLowerCase()
  return drawnLetter(cp) ?? original.normalize('NFKC').toLowerCase()
}

const soundsWei = (c: string | undefined): boolean =>
  c === '微' || c === 'v' || c === 'w' || c === '威' || c === '维' || c === '卫' || c === 'i'

const followsPlus = (c: string | undefined): boolean => c !== undefined && ('微vwq扣威群薇'.includes(c) || c === '我')

/** Full-width to half-width, capitals to small, disguises undone, fillers away. */
export const lettersOf = (text: string): Letter[] => {
  const letters: Letter[] = []
  let at = 0
  let gap: Letter['gap'] = 'none'
  let sentence = 0
  let heart = false
  let plus: { from: number; to: number; gap: Letter['gap'] } | null = null
  for (const original of text) {
    const to = at + original.length
    for (const c of plainForm(original, original.codePointAt(0) as number)) {
      const last = letters.at(-1)?.c
      if (HEARTS.has(c) && soundsWei(last)) {
        letters.push({ c: '信', from: at, to, gap, sentence, index: letters.length })
        gap = 'none'
        heart = true
      } else if (PLUS.has(c)) {
        plus = { from: at, to, gap }
        gap = 'filling'
      } else if (isFiller(c.codePointAt(0) as number)) {
        if (SENTENCE.has(c)) {
          gap = 'sentence'
          sentence++
        } else if (gap !== 'sentence') gap = gap === 'clause' || CLAUSE.has(c) ? 'clause' : 'filling'
      } else if (heart && SOUNDS_XIN.has(c)) {
        // the heart in "微❤信" stands between the letters, the one in "微❤" for the second
        ;(letters.at(-1) as Letter).to = to
        heart = false
        gap = 'none'
      } else {
        heart = false
        if (plus && followsPlus(c)) {
          letters.push({ c: '加', ...plus, sentence, index: letters.length })
          gap = 'none'
        }
        plus = null
        const letter = SOUNDS_XIN.has(c) && last === '微' ? '信' : c
        letters.push({ c: letter, from: at, to, gap, sentence, index: letters.length })
        gap = 'none'
      }
    }
    at = to
  }
  return letters
}

/** Runs of numerals become one `#`. */
export const withNumbers = (letters: readonly Letter[]): Letter[] => {
  const out: Letter[] = []
  for (const l of letters) {
    const last = out.at(-1)
    if (!NUMERALS.has(l.c)) out.push(l)
    else if (last?.c === '#') last.to = l.to
    else out.push({ ...l, c: '#' })
  }
  return out
}
