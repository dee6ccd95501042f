// Small raster textures as PNG data addresses: paper, linen, wood, stone, mist and soft shadows. Noise filters at picture size cost
// a quarter of a second each, blurs nearly as much; a texture of 256 px is reckoned once per process and stretched or repeated for nothing.
import { crc32, deflateSync } from 'node:zlib'
import { dice } from './dice.ts'

type Rgba = [red: number, green: number, blue: number, alpha: number]

const kept = new Map<string, string>()

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([head, body, sum])
}

/** A raster as a PNG data address; reckoned once per name. */
function raster(name: string, width: number, height: number, at: (x: number, y: number) => Rgba): string {
  const old = kept.get(name)
  if (old) return old
  const rows = Buffer.alloc((width * 4 + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const place = y * (width * 4 + 1) + 1 + x * 4
      const colour = at(x, y)
      for (let i = 0; i < 4; i++) rows[place + i] = Math.max(0, Math.min(255, Math.round(colour[i]!)))
    }
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 6, 0, 0, 0], 8)
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(rows, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
  const address = `data:image/png;base64,${png.toString('base64')}`
  kept.set(name, address)
  return address
}

/** Value noise on a lattice of `cellsX` × `cellsY` that repeats at the edges; x and y from 0 to 1, result from 0 to 1. */
function lattice(seed: number, cellsX: number, cellsY: number): (x: number, y: number) => number {
  const throwing = dice(seed, 77)
  const values = Array.from({ length: cellsX * cellsY }, () => throwing.between(0, 1))
  const smooth = (t: number) => t * t * (3 - 2 * t)
  return (x, y) => {
    const fx = (((x % 1) + 1) % 1) * cellsX
    const fy = (((y % 1) + 1) % 1) * cellsY
    const x0 = Math.floor(fx) % cellsX
    const y0 = Math.floor(fy) % cellsY
    const x1 = (x0 + 1) % cellsX
    const y1 = (y0 + 1) % cellsY
    const tx = smooth(fx - Math.floor(fx))
    const ty = smooth(fy - Math.floor(fy))
    const top = values[y0 * cellsX + x0]! * (1 - tx) + values[y0 * cellsX + x1]! * tx
    const bottom = values[y1 * cellsX + x0]! * (1 - tx) + values[y1 * cellsX + x1]! * tx
    return top * (1 - ty) + bottom * ty
  }
}

/** Several lattices on one another, each twice as fine and half as strong; about 0 to 1. */
function clouds(seed: number, cellsX: number, cellsY: number, octaves: number): (x: number, y: number) => number {
  const layers = Array.from({ length: octaves }, (_, i) => lattice(seed + i * 13, cellsX << i, cellsY << i))
  return (x, y) => {
    let sum = 0
    let weight = 0
    for (let i = 0; i < octaves; i++) {
      sum += layers[i]!(x, y) / (1 << i)
      weight += 1 / (1 << i)
    }
    return sum / weight
  }
}

/** A height lit from the upper left, as translucent black and white. */
function relief(name: string, size: number, height: (x: number, y: number) => number, strength: number): string {
  return raster(name, size, size, (px, py) => {
    const x = px / size
    const y = py / size
    const step = 1 / size
    const slope = (height(x, y) - height(x - step, y - step)) * strength
    return slope > 0 ? [255, 252, 240, Math.min(150, slope * 255)] : [40, 22, 8, Math.min(150, -slope * 230)]
  })
}

/** Crumpled cotton paper, as light and shade to lay over a colour. */
export const crumple = (variant: number): string => {
  const form = clouds(100 + variant, 4, 4, 4)
  const fold = (x: number, y: number) => 1 - Math.abs(form(x, y) * 2 - 1) ** 0.7
  return relief(`crumple${variant}`, 256, fold, 3.2)
}

/** Fibres and specks of hand-made paper. */
export const fibre = (): string => {
  const fine = clouds(31, 64, 16, 2)
  const specks = lattice(32, 128, 128)
  return raster('fibre', 256, 256, (px, py) => {
    const value = fine(px / 256, py / 256) - 0.5
    const speck = specks(px / 256, py / 256) > 0.93 ? 26 : 0
    return value > 0 ? [255, 250, 235, value * 110] : [90, 60, 25, -value * 90 + speck]
  })
}

/** Coarse grain, light and dark, for anything of stone, clay or wood. */
export const grain = (): string => {
  const fine = lattice(41, 128, 128)
  const rough = clouds(42, 32, 32, 2)
  return raster('grain', 192, 192, (px, py) => {
    const value = (fine(px / 192, py / 192) - 0.5) * 0.6 + (rough(px / 192, py / 192) - 0.5) * 0.6
    return value > 0 ? [255, 250, 240, value * 90] : [20, 12, 4, -value * 120]
  })
}

/** Linen: warp and weft with uneven threads. */
export const linen = (): string => {
  const warp = lattice(51, 60, 5)
  const weft = lattice(52, 5, 60)
  return raster('linen', 240, 240, (px, py) => {
    const over = (Math.floor(px / 2) + Math.floor(py / 2)) % 2 === 0
    const thread = over ? warp(px / 240, py / 240) : weft(px / 240, py / 240)
    const value = (thread - 0.5) * 0.8 + (over ? 0.12 : -0.12) + (px % 4 === 3 || py % 4 === 3 ? -0.18 : 0)
    return value > 0 ? [255, 248, 230, value * 100] : [40, 24, 8, -value * 110]
  })
}

/** Wood grain along x, dark and light lines with a slow wave. */
export const wood = (variant: number): string => {
  const wave = clouds(61 + variant, 2, 3, 3)
  const pores = lattice(64 + variant, 12, 128)
  return raster(`wood${variant}`, 256, 256, (px, py) => {
    const x = px / 256
    const y = py / 256
    const ring = Math.sin((y * 9 + wave(x, y) * 4.2) * Math.PI * 2)
    const line = Math.sin((y * 31 + wave(x, y) * 9) * Math.PI * 2)
    const value = ring * 0.2 + line * 0.12 + (pores(x, y) - 0.5) * 0.7
    return value > 0 ? [255, 222, 170, value * 70] : [24, 10, 2, -value * 130]
  })
}

/** Slate: broad clouds and fine cracks. */
export const slate = (variant: number): string => {
  const form = clouds(71 + variant, 3, 3, 5)
  return relief(`slate${variant}`, 256, (x, y) => form(x, y) + (Math.abs(form(y, x) - 0.5) < 0.012 ? -0.05 : 0), 3)
}

/** Drifting mist: white with a cloudy opacity that fades out at the top and the bottom; repeats sideways. */
export const mist = (variant: number): string => {
  const form = clouds(81 + variant, 3, 2, 4)
  return raster(`mist${variant}`, 256, 96, (px, py) => {
    const y = py / 95
    const body = Math.sin(y * Math.PI) ** 1.2
    const density = Math.max(0, form(px / 256, (py / 96) * 0.7) * 1.9 - 0.55)
    return [255, 255, 255, Math.min(1, density) * body * 235]
  })
}

/** The light over a picture in one raster: a warm glow at the upper left, darker edges, and (variants above 0) soft shade of leaves. */
export const daylight = (variant: number): string => {
  const form = clouds(91 + variant, 5, 5, 2)
  const turn = dice(variant, 9).between(0, 1)
  return raster(`daylight${variant}`, 120, 120, (px, py) => {
    const x = px / 120
    const y = py / 120
    const far = Math.hypot(x - 0.42, y - 0.4) / 0.82
    const edge = Math.max(0, (far - 0.45) / 0.55) ** 1.4 * 0.55
    const shade = variant > 0 ? Math.max(0, Math.min(1, (form(x * 0.9 + turn, y * 0.9) - 0.46) * 5)) * 0.17 : 0
    const glow = Math.max(0, 1 - Math.hypot(x - 0.1, y - 0.05) / 1.05) ** 1.7 * 0.36 * (1 - shade * 2)
    // Dark first, then the glow over it, reckoned into one translucent colour.
    const dark = 1 - (1 - edge) * (1 - shade)
    const alpha = glow + dark * (1 - glow)
    const part = (warm: number, black: number) => (alpha > 0 ? (warm * glow + black * dark * (1 - glow)) / alpha : 0)
    return [part(255, 26), part(243, 14), part(212, 5), alpha * 255]
  })
}

/** A soft dark box whose edge fades over `share` of its half side: the shadow of anything with corners. */
export const softBox = (share: number): string =>
  raster(`softBox${share}`, 64, 64, (px, py) => {
    const edge = (value: number) => {
      const t = Math.max(0, Math.min(1, (1 - Math.abs((value - 31.5) / 31.5)) / share))
      return t * t * (3 - 2 * t)
    }
    return [22, 12, 4, 255 * edge(px) * edge(py)]
  })
