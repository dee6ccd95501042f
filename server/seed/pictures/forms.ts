// The other forms of pressed tea, each about 0,0: brick, tuo, dragon ball, melon; and the loose heap on its bamboo tray.
import { dice } from './dice.ts'
import { roundShadow } from './grounds.ts'
import { type Kind, leafBed, leafColours } from './leaves.ts'
import { darker, lighter, mix, n, placed, type Sheet } from './sheet.ts'
import { crumple, fibre, grain, wood } from './textures.ts'
import { boxPrint, column, type Imprint, roundPrint, seal, type Wrapper } from './wrapper.ts'

const stretched = (href: string, x: number, y: number, width: number, height: number) =>
  `<image href="${href}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" preserveAspectRatio="none"/>`

/** The light on a flat face: from the upper left. */
const faceLight = (page: Sheet) =>
  page.linear(
    [
      [0, '#fff8e2', 0.34],
      [0.4, '#fff8e2', 0.04],
      [0.7, '#1a0c02', 0.06],
      [1, '#1a0c02', 0.32],
    ],
    [0, 0, 1, 1],
  )

/** The light on a ball or a dome. */
const domeLight = (page: Sheet, strength: number) =>
  page.radial(
    [
      [0, '#fff6d8', 0.4 * strength],
      [0.3, '#fff6d8', 0.12 * strength],
      [0.55, '#0a0400', 0.04],
      [0.8, '#0a0400', 0.42],
      [1, '#0a0400', 0.8],
    ],
    { x: 0.34, y: 0.28, r: 0.78 },
  )

/** A brick in its paper, `width` × `height`, its lower side in sight. */
export function wrappedBrick(page: Sheet, wrapper: Wrapper, imprint: Imprint, width: number, height: number, seed: number): string {
  const [x, y] = [-width / 2, -height / 2]
  const thick = height * 0.17
  const side = `M${n(x + 4)} ${n(-y - 12)}H${n(-x - 4)}L${n(-x - 12)} ${n(-y + thick)}Q0 ${n(-y + thick + 8)} ${n(x + 12)} ${n(-y + thick)}Z`
  const face = `M${n(x + 12)} ${n(y)}Q0 ${n(y - 6)} ${n(-x - 12)} ${n(y)}Q${n(-x)} ${n(y)} ${n(-x + 2)} ${n(y + 14)}Q${n(-x + 5)} 0 ${n(-x)} ${n(-y - 12)}Q${n(-x)} ${n(-y)} ${n(-x - 12)} ${n(-y)}Q0 ${n(-y + 5)} ${n(x + 12)} ${n(-y)}Q${n(x)} ${n(-y)} ${n(x)} ${n(-y - 12)}Q${n(x - 5)} 0 ${n(x)} ${n(y + 12)}Q${n(x)} ${n(y)} ${n(x + 12)} ${n(y)}Z`
  const shade = page.linear([
    [0, '#1a0c02', 0.28],
    [1, '#1a0c02', 0.7],
  ])
  const band = `<rect x="${n(width * 0.5 - 2)}" y="0" width="2" height="${n(height)}" fill="${darker(wrapper.paper, 0.4)}" opacity=".25"/>`
  return `<path d="${side}" fill="${wrapper.paper}"/><g clip-path="${page.clip(side)}">${stretched(crumple((seed + 1) % 4), x, -y - 40, width, thick * 3)}</g><path d="${side}" fill="${shade}"/><path d="${face}" fill="${wrapper.paper}"/><g clip-path="${page.clip(face)}"><g transform="translate(${n(x)} ${n(y)})">${boxPrint(page, wrapper, imprint, width, height, seed)}${band}</g>${stretched(fibre(), x, y, width, height)}${stretched(crumple(seed % 4), x, y, width, width)}</g><path d="${face}" fill="${faceLight(page)}"/><path d="M${n(x + 10)} ${n(-y - 2)}Q0 ${n(-y + 4)} ${n(-x - 10)} ${n(-y - 2)}" stroke="#fff8e6" stroke-width="4" stroke-opacity=".4" fill="none"/>`
}

/** A bare brick: leaves pressed flat, lower side in sight. */
export function bareBrick(page: Sheet, kind: Kind, width: number, height: number, seed: number): string {
  const throwing = dice(seed, 31)
  const colours = leafColours[kind]
  const [x, y] = [-width / 2, -height / 2]
  const thick = height * 0.15
  const sideBed = leafBed(throwing, {
    kind,
    count: width * 0.22,
    layers: 2,
    long: [40, 90],
    wide: [8, 14],
    buds: 0.06,
    place: (d) => ({ x: d.between(x + 30, -x - 30), y: -y + d.between(0, thick - 8), angle: d.bell() * 0.3 }),
  })
  const bed = leafBed(throwing, {
    kind,
    count: (width * height) / 330,
    layers: 5,
    long: [44, 120],
    wide: [9, 20],
    buds: 0.12,
    place: (d) => {
      const [px, py] = [d.between(x + 18, -x - 18), d.between(y + 14, -y - 14)]
      const nearX = Math.min(px - x, -x - px) < 46
      const nearY = Math.min(py - y, -y - py) < 40
      return { x: px, y: py, ...(nearX !== nearY ? { angle: (nearX ? Math.PI / 2 : 0) + d.bell() * 0.3 } : {}) }
    },
  })
  const base = `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height + thick)}" rx="22" fill="${colours.shades[0]}"/>`
  return `${base}${sideBed}<rect x="${n(x - 6)}" y="${n(-y - 6)}" width="${n(width + 12)}" height="${n(thick + 16)}" rx="14" fill="#0a0400" opacity=".5"/>${bed}<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="20" fill="${faceLight(page)}"/>`
}

const domePath = (r: number) =>
  `M${n(-r)} 0C${n(-r)} ${n(-r * 0.72)} ${n(-r * 0.56)} ${n(-r * 0.98)} 0 ${n(-r * 0.98)}S${n(r)} ${n(-r * 0.72)} ${n(r)} 0C${n(r)} ${n(r * 0.24)} ${n(r * 0.5)} ${n(r * 0.36)} 0 ${n(r * 0.36)}S${n(-r)} ${n(r * 0.24)} ${n(-r)} 0Z`

/** A tuo standing on its rim: a dome of leaves. */
export function bareTuo(page: Sheet, kind: Kind, r: number, seed: number): string {
  const throwing = dice(seed, 32)
  const bed = leafBed(throwing, {
    kind,
    count: 620,
    layers: 5,
    long: [r * 0.16, r * 0.4],
    wide: [r * 0.035, r * 0.07],
    buds: 0.12,
    drop: r * 0.014,
    place: (d) => {
      const around = d.between(0, Math.PI * 2)
      const share = Math.sqrt(d.between(0, 1))
      const px = Math.cos(around) * share * r * 0.94
      const py = Math.sin(around) * share * (Math.sin(around) < 0 ? r * 0.92 : r * 0.31)
      return { x: px, y: py, angle: Math.atan2(py - r * 0.9, px) + Math.PI / 2 + d.bell() * 0.8 }
    },
  })
  return `<path d="${domePath(r)}" fill="${leafColours[kind].shades[0]}"/>${bed}<path d="${domePath(r * 1.015)}" fill="${domeLight(page, 0.8)}"/>`
}

/** A tuo lying on its back: the hollow up. */
export function openTuo(page: Sheet, kind: Kind, r: number, seed: number): string {
  const throwing = dice(seed, 33)
  const body = `M${n(-r)} ${n(-r * 0.2)}C${n(-r * 0.98)} ${n(r * 0.5)} ${n(-r * 0.5)} ${n(r * 0.78)} 0 ${n(r * 0.78)}S${n(r * 0.98)} ${n(r * 0.5)} ${n(r)} ${n(-r * 0.2)}C${n(r)} ${n(-r * 0.62)} ${n(-r)} ${n(-r * 0.62)} ${n(-r)} ${n(-r * 0.2)}Z`
  const bowl = leafBed(throwing, {
    kind,
    count: 340,
    layers: 4,
    long: [r * 0.16, r * 0.36],
    wide: [r * 0.035, r * 0.065],
    drop: r * 0.014,
    place: (d) => {
      const px = d.between(-0.93, 0.93) * r
      return { x: px, y: d.between(-0.12, 0.74 * Math.sqrt(1 - (px / r) ** 2)) * r, angle: (px / r) * -0.7 + d.bell() * 0.6 }
    },
  })
  const rim = leafBed(throwing, {
    kind,
    count: 300,
    layers: 4,
    long: [r * 0.14, r * 0.32],
    wide: [r * 0.03, r * 0.06],
    buds: 0.16,
    drop: r * 0.014,
    place: (d) => {
      const around = d.between(0, Math.PI * 2)
      const share = d.between(0.58, 0.96)
      return {
        x: Math.cos(around) * share * r,
        y: -r * 0.2 + Math.sin(around) * share * r * 0.36,
        angle: Math.atan2(Math.cos(around) * 0.36, -Math.sin(around)) + d.bell() * 0.5,
      }
    },
  })
  const hollow = page.radial(
    [
      [0, '#060200', 0.96],
      [0.7, '#060200', 0.86],
      [1, '#060200', 0],
    ],
    { x: 0.46, y: 0.36, r: 0.56 },
  )
  const under = page.linear(
    [
      [0, '#fff6d8', 0.12],
      [0.35, '#0a0400', 0.12],
      [1, '#0a0400', 0.78],
    ],
    [0.2, 0, 0.6, 1],
  )
  return `<path d="${body}" fill="${leafColours[kind].shades[0]}"/>${bowl}<path d="${body}" fill="${under}"/>${rim}<ellipse cy="${n(-r * 0.2)}" rx="${n(r * 0.76)}" ry="${n(r * 0.28)}" fill="${hollow}"/>`
}

/** A tuo in its paper. */
export function wrappedTuo(page: Sheet, wrapper: Wrapper, imprint: Imprint, r: number, seed: number): string {
  const throwing = dice(seed, 34)
  const d = domePath(r)
  let folds = ''
  for (let i = 0; i < 26; i++) {
    const t = (i + 0.5) / 26
    const angle = Math.PI * t
    const [x, y] = [-Math.cos(angle) * r * 0.98, Math.sin(angle) * r * 0.35]
    folds += `M${n(x)} ${n(y)}l${n(-x * throwing.between(0.04, 0.12))} ${n(-r * throwing.between(0.12, 0.3))}`
  }
  return `<path d="${d}" fill="${wrapper.paper}"/><g clip-path="${page.clip(d)}">${placed(roundPrint(page, wrapper, imprint, r * 0.8, seed), -r * 0.03, -r * 0.36, -4, 1, 0.74)}${stretched(fibre(), -r, -r, r * 2, r * 1.4)}${stretched(crumple(seed % 4), -r, -r, r * 2, r * 1.5)}<path d="${folds}" stroke="${darker(wrapper.paper, 0.5)}" stroke-width="${n(r * 0.012)}" stroke-opacity=".35"/><path d="${folds}" stroke="#fff8e6" stroke-width="${n(r * 0.01)}" stroke-opacity=".3" transform="translate(-5 0)"/></g><path d="${d}" fill="${domeLight(page, 0.7)}"/>`
}

/** A dragon ball: one mouthful of leaves rolled round. */
export function dragonBall(page: Sheet, kind: Kind, r: number, seed: number): string {
  const throwing = dice(seed, 35)
  const swirl = throwing.between(0, Math.PI * 2)
  const bed = leafBed(throwing, {
    kind,
    count: 96,
    layers: 4,
    long: [r * 0.5, r * 1.1],
    wide: [r * 0.08, r * 0.16],
    buds: 0.16,
    drop: r * 0.04,
    curl: 0.3,
    place: (d) => {
      const around = d.between(0, Math.PI * 2)
      const share = Math.sqrt(d.between(0, 1))
      return {
        x: Math.cos(around) * share * r * 0.84,
        y: Math.sin(around) * share * r * 0.84,
        angle: around + Math.PI / 2 + swirl * 0.1 + d.bell() * (1.2 - share),
      }
    },
  })
  return `<circle r="${n(r * 0.93)}" fill="${leafColours[kind].shades[0]}"/>${bed}<circle r="${n(r * 0.99)}" fill="${domeLight(page, 0.9)}"/>`
}

/** A dragon ball in its twist of paper. */
export function wrappedBall(page: Sheet, wrapper: Wrapper, r: number, seed: number): string {
  const throwing = dice(seed, 36)
  let folds = ''
  let frill = `M0 ${n(-r * 0.1)}`
  for (let i = 0; i < 18; i++) {
    const angle = (i / 18) * Math.PI * 2
    const reach = r * (i % 2 ? 0.5 : 0.36) * throwing.between(0.85, 1.2)
    frill += `${i === 0 ? 'M' : 'L'}${n(Math.cos(angle) * reach)} ${n(Math.sin(angle) * reach)}`
    folds += `M${n(Math.cos(angle) * r * 0.2)} ${n(Math.sin(angle) * r * 0.2)}Q${n(Math.cos(angle + 0.3) * r * 0.6)} ${n(Math.sin(angle + 0.3) * r * 0.6)} ${n(Math.cos(angle + 0.4) * r * 0.96)} ${n(Math.sin(angle + 0.4) * r * 0.96)}`
  }
  const disc = `<circle r="${n(r)}"/>`
  return `<circle r="${n(r)}" fill="${wrapper.paper}"/><g clip-path="${page.clip(disc)}">${stretched(crumple(seed % 4), -r, -r, r * 2, r * 2)}<path d="${folds}" stroke="${darker(wrapper.paper, 0.55)}" stroke-width="${n(r * 0.03)}" stroke-opacity=".3" fill="none"/><path d="${folds}" stroke="#fffaf0" stroke-width="${n(r * 0.03)}" stroke-opacity=".35" fill="none" transform="rotate(6)"/></g><circle r="${n(r * 1.01)}" fill="${domeLight(page, 0.6)}"/><g transform="translate(${n(r * 0.08)} ${n(r * 0.1)})"><path d="${frill}Z" fill="#1a0c02" opacity=".35"/></g><path d="${frill}Z" fill="${lighter(wrapper.paper, 0.25)}" stroke="${darker(wrapper.paper, 0.25)}" stroke-width="1.5"/><circle r="${n(r * 0.15)}" fill="${wrapper.accent}"/><circle r="${n(r * 0.06)}" fill="${darker(wrapper.accent, 0.4)}"/>`
}

/** A round white dish seen from above. */
export function dish(page: Sheet, r: number, tint: string): string {
  const rim = page.linear(
    [
      [0, '#ffffff'],
      [0.5, '#efe8da'],
      [1, '#b9ae9b'],
    ],
    [0.1, 0, 0.9, 1],
  )
  const well = page.radial(
    [
      [0, '#fdfaf2'],
      [0.7, '#f3ecdf'],
      [0.92, '#d9cfbd'],
      [1, '#b5a994'],
    ],
    { x: 0.56, y: 0.58, r: 0.56 },
  )
  return `<circle r="${n(r)}" fill="${rim}"/><circle r="${n(r * 0.975)}" fill="none" stroke="${tint}" stroke-width="${n(r * 0.014)}" stroke-opacity=".8"/><circle r="${n(r * 0.9)}" fill="none" stroke="${tint}" stroke-width="${n(r * 0.006)}" stroke-opacity=".55"/><circle r="${n(r * 0.82)}" fill="${well}"/>`
}

/** A melon: pressed into ribs like a pumpkin, with a ribbon and a tag. */
export function melon(page: Sheet, kind: Kind, wrapper: Wrapper, imprint: Imprint, r: number, seed: number): string {
  const throwing = dice(seed, 37)
  const tall = r * 0.84
  const bed = leafBed(throwing, {
    kind,
    count: 1000,
    layers: 5,
    long: [r * 0.13, r * 0.32],
    wide: [r * 0.026, r * 0.052],
    buds: 0.18,
    drop: r * 0.01,
    place: (d) => {
      const around = d.between(0, Math.PI * 2)
      const share = Math.sqrt(d.between(0, 1))
      const [px, py] = [Math.cos(around) * share * r * 0.965, Math.sin(around) * share * tall * 0.955]
      // Leaves follow the ribs from stalk to base; near the edge they lie along it.
      const along = share > 0.84 ? around + Math.PI / 2 + d.bell() * 0.25 : Math.PI / 2 - (px / r) * (py / tall) * 1.2 + d.bell() * 0.7
      return { x: px, y: py, angle: along }
    },
  })
  let furrows = ''
  let crests = ''
  for (let i = -4; i <= 4; i++) {
    const bulge = Math.sin((i / 5) * (Math.PI / 2)) * r * 1.16
    furrows += `M0 ${n(-tall * 0.86)}C${n(bulge)} ${n(-tall * 0.96)} ${n(bulge)} ${n(tall * 0.9)} 0 ${n(tall * 0.97)}`
    const crest = Math.sin(((i - 0.5) / 5) * (Math.PI / 2)) * r * 1.16
    crests += `M0 ${n(-tall * 0.8)}C${n(crest)} ${n(-tall * 0.9)} ${n(crest)} ${n(tall * 0.8)} 0 ${n(tall * 0.9)}`
  }
  const round = `<ellipse rx="${n(r * 1.02)}" ry="${n(tall * 1.02)}"/>`
  const stroke = (d: string, width: number, colour: string, opacity: number) =>
    `<path d="${d}" stroke="${colour}" stroke-width="${n(width)}" stroke-opacity="${opacity}" fill="none"/>`
  const tag = placed(
    `<path d="M0 ${n(-r * 0.32)}L${n(r * 0.02)} ${n(-r * 0.16)}" stroke="${wrapper.accent}" stroke-width="5"/><rect x="${n(-r * 0.13)}" y="${n(-r * 0.17)}" width="${n(r * 0.3)}" height="${n(r * 0.66)}" fill="#000" opacity=".35"/><rect x="${n(-r * 0.15)}" y="${n(-r * 0.19)}" width="${n(r * 0.3)}" height="${n(r * 0.66)}" fill="${wrapper.paper}"/><rect x="${n(-r * 0.132)}" y="${n(-r * 0.172)}" width="${n(r * 0.264)}" height="${n(r * 0.624)}" fill="none" stroke="${wrapper.ink}" stroke-width="2"/>${column('金瓜', 0, r * 0.03, r * 0.16, `fill="${wrapper.ink}"`)}${imprint.year ? column(String(imprint.year), r * 0.085, r * 0.34, r * 0.05, `fill="${wrapper.ink}"`) : ''}${seal('茶山', -r * 0.03, r * 0.33, r * 0.14, wrapper.accent, wrapper.paper)}`,
    r * 0.42,
    -tall * 0.28,
    7,
  )
  const ribbon = `<path d="M${n(-r * 0.12)} ${n(-tall * 0.92)}Q${n(r * 0.2)} ${n(-tall * 0.8)} ${n(r * 0.42)} ${n(-tall * 0.56)}" stroke="${wrapper.accent}" stroke-width="${n(r * 0.03)}" fill="none"/>`
  const stalk = `<path d="M${n(-r * 0.05)} ${n(-tall * 0.86)}Q${n(-r * 0.03)} ${n(-tall * 1.06)} ${n(r * 0.04)} ${n(-tall * 1.14)}L${n(r * 0.1)} ${n(-tall * 1.11)}Q${n(r * 0.05)} ${n(-tall)} ${n(r * 0.07)} ${n(-tall * 0.86)}Z" fill="${leafColours[kind].stem}" stroke="#150a03" stroke-width="3"/>`
  return `<ellipse rx="${n(r)}" ry="${n(tall)}" fill="${leafColours[kind].shades[0]}"/>${bed}<g clip-path="${page.clip(round)}">${stroke(furrows, r * 0.1, '#0a0400', 0.2)}${stroke(furrows, r * 0.045, '#0a0400', 0.34)}${stroke(furrows, r * 0.016, '#0a0400', 0.45)}${stroke(crests, r * 0.07, '#fff2cc', 0.07)}</g><ellipse rx="${n(r * 1.02)}" ry="${n(tall * 1.02)}" fill="${domeLight(page, 0.85)}"/>${ribbon}${stalk}${tag}`
}

/** A turned wooden stand seen from the side, its top at 0,0. */
export function stand(page: Sheet, width: number, colour = '#5a3420'): string {
  const lit = page.linear(
    [
      [0, lighter(colour, 0.3)],
      [0.35, colour],
      [1, darker(colour, 0.6)],
    ],
    [0, 0, 1, 0.25],
  )
  const w = width / 2
  return `<path d="M${n(-w)} 0C${n(-w)} ${n(w * 0.3)} ${n(w)} ${n(w * 0.3)} ${n(w)} 0V${n(w * 0.16)}C${n(w)} ${n(w * 0.48)} ${n(-w)} ${n(w * 0.48)} ${n(-w)} ${n(w * 0.16)}Z" fill="${lit}"/><ellipse rx="${n(w)}" ry="${n(w * 0.23)}" fill="${mix(colour, '#c99a68', 0.24)}"/><g clip-path="${page.clip(`<ellipse rx="${n(w)}" ry="${n(w * 0.23)}"/>`)}">${stretched(wood(0), -w, -w * 0.25, width, w * 0.5)}</g>`
}

/** A bamboo tray with a heap of loose leaves. */
export function looseTray(page: Sheet, kind: Kind, r: number, seed: number): string {
  const throwing = dice(seed, 38)
  const cane = '#b8935a'
  let weave = ''
  let weaveLight = ''
  for (let i = -13; i <= 13; i++) {
    const at = (i / 13) * r
    weave += `M${n(at)} ${n(-r)}V${n(r)}M${n(-r)} ${n(at)}H${n(r)}`
    weaveLight += `M${n(at + 6)} ${n(-r)}V${n(r)}M${n(-r)} ${n(at + 6)}H${n(r)}`
  }
  const disc = `<circle r="${n(r * 0.92)}"/>`
  const well = page.radial(
    [
      [0, '#2a1706', 0],
      [0.75, '#2a1706', 0.1],
      [0.93, '#2a1706', 0.5],
      [1, '#2a1706', 0.66],
    ],
    { x: 0.56, y: 0.57, r: 0.55 },
  )
  const rim = page.linear(
    [
      [0, '#e2c590'],
      [0.5, '#ab8349'],
      [1, '#5f4120'],
    ],
    [0.1, 0, 0.9, 1],
  )
  const bed = leafBed(throwing, {
    kind,
    count: 720,
    layers: 7,
    long: [r * 0.15, r * 0.38],
    wide: [r * 0.016, r * 0.036],
    buds: 0.16,
    drop: r * 0.012,
    curl: 0.62,
    place: (d, layer) => {
      const around = d.between(0, Math.PI * 2)
      const share = Math.sqrt(d.between(0, 1)) * (0.8 - layer * 0.045)
      return { x: Math.cos(around) * share * r + d.bell() * r * 0.03, y: Math.sin(around) * share * r * 0.95 + d.bell() * r * 0.03 }
    },
  })
  const heap = page.radial(
    [
      [0, '#fff2cc', 0.26],
      [0.4, '#fff2cc', 0.05],
      [0.75, '#0a0400', 0.18],
      [1, '#0a0400', 0],
    ],
    { x: 0.4, y: 0.36, r: 0.62 },
  )
  return `<circle r="${n(r)}" fill="${rim}"/><circle r="${n(r * 0.985)}" fill="none" stroke="#f3dcae" stroke-width="${n(r * 0.01)}" stroke-opacity=".6"/><circle r="${n(r * 0.95)}" fill="none" stroke="#4d3313" stroke-width="${n(r * 0.018)}" stroke-opacity=".6"/><circle r="${n(r * 0.92)}" fill="${cane}"/><g clip-path="${page.clip(disc)}"><g transform="rotate(45)"><path d="${weave}" stroke="#5b3f18" stroke-width="4" stroke-opacity=".55"/><path d="${weaveLight}" stroke="#f2d9a4" stroke-width="5" stroke-opacity=".35"/></g>${stretched(grain(), -r, -r, r * 2, r * 2)}</g><circle r="${n(r * 0.92)}" fill="${well}"/>${roundShadow(page, r * 0.03, r * 0.04, r * 0.86, r * 0.82, 0.6)}${bed}<ellipse rx="${n(r * 0.82)}" ry="${n(r * 0.79)}" fill="${heap}"/>`
}
