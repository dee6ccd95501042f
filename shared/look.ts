/** How both apps look: paper, ink and tea. The only place where a colour, a gap, a corner or a face is written down. */
export const tokens = {
  colors: {
    /** Text, and text that matters less. `ink3` is for hints; all three keep 4.5:1 on paper, on cards and on `wash`. */
    ink: '#1F1A17',
    ink2: '#5C534C',
    ink3: '#746A61',
    paper: '#FAF6EF',
    card: '#FFFFFF',
    /** Hairlines. */
    line: '#E8E0D4',
    /** Skeletons, wells and quiet chips. */
    wash: '#F3ECE0',
    /** The one action on a page, and links. */
    tea: '#8C2F1B',
    teaDeep: '#6F2414',
    teaWash: '#F8EAE4',
    onTea: '#FFFFFF',
    /** Highlights, and ripe tea 熟; words on light ground take `liquorInk`. */
    liquor: '#C8742B',
    liquorInk: '#9A5518',
    liquorWash: '#FBF0E2',
    /** Success, raw tea 生, verified marks; words on light ground take `leafInk`. */
    leaf: '#5F7A3A',
    leafInk: '#546C33',
    leafWash: '#EEF3E6',
    /** Errors, the LIVE mark, the price in the room. */
    alarm: '#C62F2F',
    alarmWash: '#FBEAEA',
    /** Around and over the picture in a live room. */
    night: '#14100E',
    veil: 'rgba(20, 16, 14, 0.5)',
    veilDeep: 'rgba(20, 16, 14, 0.72)',
    veilClear: 'rgba(20, 16, 14, 0)',
    onVideo: '#FFFFFF',
    onVideo2: 'rgba(255, 255, 255, 0.85)',
    glow: 'rgba(255, 255, 255, 0.18)',
  },
  /** Gaps in px, on a grid of 4. */
  space: { xs: 4, s: 8, m: 12, l: 16, xl: 24, xxl: 32 },
  radius: { card: 12, control: 8, sheet: 16, pill: 999 },
  /** Text sizes in px: the body of the phone is 15, of the desk 14. */
  size: { hint: 12, small: 13, desk: 14, phone: 15, title: 18, head: 22, hero: 32 },
  fonts: {
    body: '-apple-system, BlinkMacSystemFont, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
    heading: '"Songti SC", "STSong", "Noto Serif CJK SC", "Noto Serif SC", serif',
  },
  /** The one shadow. */
  shadow: '0 2px 12px rgba(31, 26, 23, 0.08)',
  /** The least height and width of what a finger must hit, px. */
  touch: 44,
  /** How long a sheet takes to come up, ms; nothing moves where motion is reduced. */
  motion: 220,
  /** The width of the phone's column in a wide window, px. */
  column: 430,
} as const

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/**
 * The tokens as CSS custom properties, name (without dashes) to value. Lengths carry px; text sizes are bare numbers, because front ends
 * multiply them by the reader's own text setting.
 */
export const cssVariables = (): Record<string, string> => {
  const out: Record<string, string> = {
    shadow: tokens.shadow,
    touch: `${tokens.touch}px`,
    motion: `${tokens.motion}ms`,
    column: `${tokens.column}px`,
  }
  for (const [name, value] of Object.entries(tokens.colors)) out[kebab(name)] = value
  for (const [name, value] of Object.entries(tokens.space)) out[`gap-${name}`] = `${value}px`
  for (const [name, value] of Object.entries(tokens.radius)) out[`round-${name}`] = `${value}px`
  for (const [name, value] of Object.entries(tokens.size)) out[`size-${name}`] = String(value)
  for (const [name, value] of Object.entries(tokens.fonts)) out[`face-${name}`] = value
  return out
}
