import { type DragEvent, type ReactNode, useState } from 'react'

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
  onDragEnter: () => void
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
  const [drag, setDrag] = useState<{ key: string; over: number } | null>(null)
  const from = drag ? list.findIndex((one) => keyOf(one) === drag.key) : -1
  const shown = drag && from >= 0 ? moved(list, from, drag.over) : list
  const drop = (): void => {
    if (drag && from >= 0 && from !== drag.over) onOrder(moved(list, from, drag.over))
    setDrag(null)
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
          onDragEnter: () => {
            if (drag && drag.key !== keyOf(one)) setDrag({ key: drag.key, over: index })
          },
          onDragOver: (event) => {
            if (drag) event.preventDefault()
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
