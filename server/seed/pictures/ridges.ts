// Mountain outlines, for the hills themselves and for the prints on wrappers.
import type { Dice } from './dice.ts'

/** The upper edge of a range from x = 0 to `width`: rolling height about `base`, `swell` px up and down, rougher with `rough` (0–1). */
export function ridge(throwing: Dice, width: number, base: number, swell: number, rough: number, steps = 48): [number, number][] {
  const waves = Array.from({ length: 5 }, (_, i) => ({
    often: (0.6 + i * 0.9) * throwing.between(0.8, 1.25),
    shift: throwing.between(0, 6.28),
    tall: swell / (1 + i * (1.4 - rough * 0.7)),
  }))
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps
    let y = base
    for (const { often, shift, tall } of waves) y -= Math.sin(t * often * Math.PI * 2 + shift) * tall * 0.5
    // Crests are sharper than valleys.
    y -= Math.abs(Math.sin(t * waves[1]!.often * 5 + waves[2]!.shift)) * swell * 0.4 * rough
    return [t * width, y + throwing.bell() * swell * 0.07 * rough]
  })
}

/** The height of a range at x, between its points. */
export function heightAt(range: readonly (readonly [number, number])[], x: number): number {
  const width = range[range.length - 1]![0]
  const place = Math.min(range.length - 1.001, Math.max(0, (x / width) * (range.length - 1)))
  const i = Math.floor(place)
  return range[i]![1] + (range[i + 1]![1] - range[i]![1]) * (place - i)
}
