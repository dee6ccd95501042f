/** How both apps look: paper, ink and tea. The only place where a colour, a gap, a corner or a face is written down. */
export const tokens = {
  colors: {
    /** Text, and text that matters less. `ink3` is for hints. */
    ink: '#1F1A17',
    ink2: '#5C534C',
    ink3: '#857B72',
    paper: '#FAF6EF',
    card: '#FFFFFF',
    /** Hairlines. */
    line: '#E8E0D4',
    /** The one action on a page, and links. */
    tea: '#8C2F1B',
    /** Highlights, and ripe tea 熟. */
    liquor: '#C8742B',
    /** Success, raw tea 生, verified marks. */
    leaf: '#5F7A3A',
    /** Errors, the LIVE mark, the price in the room. */
    alarm: '#C62F2F',
  },
  /** Gaps in px, on a grid of 4. */
  space: { xs: 4, s: 8, m: 12, l: 16, xl: 24, xxl: 32 },
  radius: { card: 12, control: 8, pill: 999 },
  /** Text sizes in px: the body of the phone is 15, of the desk 14. */
  size: { hint: 12, desk: 14, phone: 15, title: 18, head: 22, hero: 32 },
  fonts: {
    body: '-apple-system, BlinkMacSystemFont, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
    heading: '"Songti SC", "STSong", "Noto Serif CJK SC", "Noto Serif SC", serif',
  },
  /** The one shadow. */
  shadow: '0 2px 12px rgba(31, 26, 23, 0.08)',
  /** The least height and width of what a finger must hit, px. */
  touch: 44,
} as const
