// The drawing sheet: what every picture is assembled on, and the few words of SVG that all of them use.

/** A drawing in the making: definitions and layers, joined by `svg`. */
export type Sheet = {
  width: number
  height: number
  /** A linear gradient; direction in the box of what it fills unless the ends are given in `user` units. */
  linear: (stops: readonly Stop[], ends?: Ends, user?: boolean) => string
  /** A radial gradient in the box of what it fills; centre and radius as fractions, focus optional. */
  radial: (stops: readonly Stop[], circle?: { x?: number; y?: number; r?: number }) => string
  /** A clip made of path data or of any shapes. */
  clip: (shapes: string) => string
  /** A repeating picture as paint. */
  tile: (href: string, width: number, height: number) => string
  /** The finished SVG; `shown` is its width in px when it is not the sheet's own. */
  svg: (body: string, shown?: number) => string
}

/** Offset 0–1, colour, opacity (1 unless said). */
type Stop = readonly [offset: number, colour: string, opacity?: number]
type Ends = readonly [x1: number, y1: number, x2: number, y2: number]

/** A number as SVG reads it, one decimal. */
export const n = (value: number): string => String(Math.round(value * 10) / 10)

/** A point list as path data, closed unless told. */
export const polygon = (points: readonly (readonly [number, number])[], closed = true): string =>
  `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}${closed ? 'Z' : ''}`

/** A smooth closed curve through the points (quadratic pieces between their middles). */
export function blob(points: readonly (readonly [number, number])[]): string {
  const middle = (i: number): [number, number] => {
    const a = points[i % points.length]!
    const b = points[(i + 1) % points.length]!
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  }
  const start = middle(points.length - 1)
  return `M${n(start[0])} ${n(start[1])}${points
    .map((point, i) => {
      const to = middle(i)
      return `Q${n(point[0])} ${n(point[1])} ${n(to[0])} ${n(to[1])}`
    })
    .join('')}Z`
}

/** A smooth open curve through the points. */
export function curve(points: readonly (readonly [number, number])[]): string {
  const first = points[0]!
  const last = points[points.length - 1]!
  const parts = points.slice(1, -1).map((point, i) => {
    const next = points[i + 2]!
    const to = i + 2 === points.length - 1 ? next : ([(point[0] + next[0]) / 2, (point[1] + next[1]) / 2] as const)
    return `Q${n(point[0])} ${n(point[1])} ${n(to[0])} ${n(to[1])}`
  })
  return `M${n(first[0])} ${n(first[1])}${parts.join('')}${points.length === 2 ? `L${n(last[0])} ${n(last[1])}` : ''}`
}

/** A colour between two `#rrggbb` colours, t from 0 to 1. */
export function mix(from: string, to: string, t: number): string {
  const part = (colour: string, i: number) => Number.parseInt(colour.slice(1 + i * 2, 3 + i * 2), 16)
  return `#${[0, 1, 2]
    .map((i) =>
      Math.round(part(from, i) + (part(to, i) - part(from, i)) * Math.min(1, Math.max(0, t)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

/** Whether a colour is nearer to black than to white. */
export const isDark = (colour: string): boolean => [1, 3, 5].reduce((sum, i) => sum + Number.parseInt(colour.slice(i, i + 2), 16), 0) < 384

/** A colour darkened towards warm black. */
export const darker = (colour: string, t: number): string => mix(colour, '#140c06', t)

/** A colour lightened towards warm white. */
export const lighter = (colour: string, t: number): string => mix(colour, '#fffaf0', t)

/** A group moved, turned (degrees) and scaled about its own origin. */
export const placed = (body: string, x: number, y: number, turn = 0, scale = 1, scaleY = scale): string =>
  `<g transform="translate(${n(x)} ${n(y)})${turn ? ` rotate(${n(turn)})` : ''}${scale !== 1 || scaleY !== 1 ? ` scale(${Math.round(scale * 1000) / 1000} ${Math.round(scaleY * 1000) / 1000})` : ''}">${body}</g>`

/** An empty sheet of the given size in px. */
export function sheet(width: number, height: number): Sheet {
  const kept = new Map<string, { id: string; element: string }>()
  // The same definition is kept once; the answer is its `url(#id)`.
  const define = (element: (id: string) => string) => {
    const key = element('')
    const id = kept.get(key)?.id ?? `d${kept.size}`
    if (!kept.has(key)) kept.set(key, { id, element: element(id) })
    return `url(#${id})`
  }
  const stopList = (stops: readonly Stop[]) =>
    stops
      .map(
        ([offset, colour, opacity]) =>
          `<stop offset="${Math.round(offset * 1000) / 1000}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`,
      )
      .join('')
  return {
    width,
    height,
    linear: (stops, [x1, y1, x2, y2] = [0, 0, 0, 1], user = false) =>
      define(
        (id) =>
          `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"${user ? ' gradientUnits="userSpaceOnUse"' : ''}>${stopList(stops)}</linearGradient>`,
      ),
    radial: (stops, { x = 0.5, y = 0.5, r = 0.5 } = {}) =>
      define((id) => `<radialGradient id="${id}" cx="${x}" cy="${y}" r="${r}">${stopList(stops)}</radialGradient>`),
    clip: (inside) => define((id) => `<clipPath id="${id}">${inside.startsWith('<') ? inside : `<path d="${inside}"/>`}</clipPath>`),
    tile: (href, tileWidth, tileHeight) =>
      define(
        (id) =>
          `<pattern id="${id}" width="${tileWidth}" height="${tileHeight}" patternUnits="userSpaceOnUse"><image href="${href}" width="${tileWidth}" height="${tileHeight}" preserveAspectRatio="none"/></pattern>`,
      ),
    svg: (body, shown = width) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${shown}" height="${n((height * shown) / width)}" viewBox="0 0 ${width} ${height}"><defs>${[...kept.values()].map((one) => one.element).join('')}</defs>${body}</svg>`,
  }
}
