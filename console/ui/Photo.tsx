interface Shown {
  thumb: string
  card: string
  full: string
}

/** A square picture of a fixed size, so that nothing jumps; a quiet square where there is none. */
export function Photo({ picture, size, alt = '' }: { picture: Shown | null; size: number; alt?: string }) {
  if (!picture) return <span className="photo" style={{ width: size, height: size }} aria-hidden="true" />
  return (
    <img
      className="photo"
      src={size > 120 ? picture.card : picture.thumb}
      width={size}
      height={size}
      alt={alt}
      loading="lazy"
      decoding="async"
      draggable={false}
    />
  )
}
