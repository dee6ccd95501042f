// The sound of the clip: a slow pentatonic melody on plucked strings over a breath of wind and water, reckoned sample by sample.
// Everything that rings past the end rings on at the beginning, so that the loop has no seam.
import { type Dice, dice } from './dice.ts'

const rate = 44_100

/** One plucked string (Karplus and Strong): a burst of noise going round a delay line that smooths it. */
function pluck(throwing: Dice, hertz: number, seconds: number, loudness: number): Float32Array {
  const out = new Float32Array(Math.round(seconds * rate))
  // The smoothing delays by `later` samples; it also tunes the string between whole samples.
  const length = Math.round(rate / hertz - 0.5)
  const later = Math.min(0.75, Math.max(0.25, rate / hertz - length))
  const line = Float32Array.from({ length }, () => throwing.between(-1, 1))
  // A soft finger: smooth the burst before it starts.
  for (let pass = 0; pass < 6; pass++) for (let i = 0; i < length; i++) line[i] = (line[i]! + line[(i + 1) % length]!) / 2
  for (let i = 0; i < out.length; i++) {
    const at = i % length
    out[i] = line[at]! * loudness * Math.min(1, i / 120)
    line[at] = (line[at]! * later + line[(at + 1) % length]! * (1 - later)) * 0.9975
  }
  return out
}

/** Mono samples at 44 100 Hz, 16 bit little-endian, `seconds` long, joining at the ends. */
export function melody(seed: number, seconds: number): Buffer {
  const throwing = dice(seed, 111)
  const total = Math.round(seconds * rate)
  const mix = new Float32Array(total)
  const add = (sound: Float32Array, from: number, share: number) => {
    for (let i = 0; i < sound.length; i++) mix[(from + i) % total]! += sound[i]! * share
  }
  const scale = [146.83, 164.81, 185, 220, 246.94, 293.66, 329.63, 369.99, 440, 493.88]
  const beat = seconds / 40
  let step = 5
  for (let i = 0; i < 40; i++) {
    const strong = i % 4 === 0
    if (!strong && throwing.chance(0.38)) continue
    step = Math.max(2, Math.min(scale.length - 1, step + throwing.pick([-2, -1, -1, 1, 1, 2])))
    const at = Math.round(i * beat * rate + throwing.between(0, 0.02) * rate)
    const note = pluck(throwing, scale[step]!, 4, strong ? 0.9 : 0.62)
    add(note, at, 1)
    // A hall: the note comes back softer and later.
    for (const [late, share] of [
      [0.11, 0.22],
      [0.23, 0.16],
      [0.41, 0.1],
      [0.67, 0.06],
    ] as const)
      add(note, at + Math.round(late * rate), share)
    if (i % 8 === 0) add(pluck(throwing, scale[i % 16 === 0 ? 0 : 3]! / 2, 5, 0.8), at, 0.8)
  }
  // Wind and water: noise through a slow filter, swelling twice in the loop.
  let low = 0
  let lower = 0
  for (let i = 0; i < total; i++) {
    low += (throwing.between(-1, 1) - low) * 0.09
    lower += (low - lower) * 0.25
    mix[i]! += lower * (0.1 + 0.05 * Math.sin((i / total) * Math.PI * 4))
  }
  const loudest = mix.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const out = Buffer.alloc(total * 2)
  for (let i = 0; i < total; i++) out.writeInt16LE(Math.round((mix[i]! / loudest) * 0.6 * 32_767), i * 2)
  return out
}
