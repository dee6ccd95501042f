import { type DragEvent, type ReactNode, useRef, useState } from 'react'

/** Moves one element of a list. */
export const moved = <T,>(list: readonly T[], from: number, to: number): T[] => {
  const next = [...list]
  const [one] = next.splice(from, 1)
  if (one !== undefined) next.splice(to, 0, one)
  return next
}

export interface Grip {
  draggable: boolean
  onDragStart: (event: DragEvent) => void
  onDragOver: (event: DragEvent) => void
  onDragEnter: (event: DragEvent) => void
  onDragEnd: () => void
  onDrop: (event: DragEvent) => void
  className: string
}

/** A list whose elements can be dragged into another order; beside it, its rows offer buttons for the keyboard. */
export function Sortable<T>({
  list,
  keyOf,
  enabled = true,
  onOrder,
  children,
}: {
  list: readonly T[]
  keyOf: (one: T) => string
  enabled?: boolean
  onOrder: (next: T[]) => void
  children: (one: T, index: number, grip: Grip) => ReactNode
}) {
  const [drag, show] = useState<{ key: string; over: number } | null>(null)
  // a drop may come before the last move has been drawn
  const latest = useRef(drag)
  const setDrag = (next: { key: string; over: number } | null): void => {
    latest.current = next
    show(next)
  }
  const placeOf = (key: string): number => list.findIndex((one) => keyOf(one) === key)
  const from = drag ? placeOf(drag.key) : -1
  const shown = drag && from >= 0 ? moved(list, from, drag.over) : list
  const drop = (): void => {
    const last = latest.current
    setDrag(null)
    if (!last) return
    const start = placeOf(last.key)
    if (start >= 0 && start !== last.over) onOrder(moved(list, start, last.over))
  }
  return (
    <>
      {shown.map((one, index) =>
        children(one, index, {
          draggable: enabled,
          className: drag?.key === keyOf(one) ? 'dragged' : '',
          onDragStart: (event) => {
            event.dataTransfer.effectAllowed = 'move'
            event.dataTransfer.setData('text/plain', keyOf(one))
            setDrag({ key: keyOf(one), over: index })
          },
          onDragEnter: (event) => {
            const last = latest.current
            if (last) event.preventDefault()
            if (last && last.key !== keyOf(one)) setDrag({ key: last.key, over: index })
          },
          onDragOver: (event) => {
            if (latest.current) event.preventDefault()
          },
          onDrop: (event) => {
            event.preventDefault()
            drop()
          },
          onDragEnd: () => setDrag(null),
        }),
      )}
    </>
  )
}
