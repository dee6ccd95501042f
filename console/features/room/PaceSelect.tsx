import { PACES, type Pace } from '@shared/room/moderation.ts'
import { Select } from 'antd'
import { texts } from '@/lib/texts.ts'

/** How long people wait between two chats. */
export function PaceSelect({ pace, onPick }: { pace: number; onPick: (pace: Pace) => void }) {
  return (
    <Select
      size="small"
      aria-label={texts.room.pace}
      value={pace}
      options={PACES.map((value) => ({ value, label: texts.room.paceOf(value) }))}
      onChange={(value) => onPick(value as Pace)}
    />
  )
}
