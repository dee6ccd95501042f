/** What both twins of Film take. */
export interface FilmProps {
  src: string
  /** Seconds from its beginning; a new `turn` goes there again. */
  at: number
  turn: number
  label: string
  onTime: (seconds: number) => void
  onEnd: () => void
}
