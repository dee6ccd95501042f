/** What is asked with when something is done about words or people in a room; the same at both doors. */
import { z } from 'zod'
import { type MuteSpan, muteSpans, PACES, ROOM_WORDS_MAX, type RoomReason, roomReasons } from '../../../shared/room/moderation.ts'
import { idInput, textInput } from '../../platform/doors.ts'

const keys = <K extends string>(of: Record<K, unknown>) => Object.keys(of) as [K, ...K[]]

const why = {
  reason: z.enum(keys<RoomReason>(roomReasons)),
  words: textInput(0, ROOM_WORDS_MAX).default(''),
}

export const measureInput = {
  hide: { chatId: idInput('Chat'), ...why },
  mute: { chatId: idInput('Chat'), span: z.enum(keys<MuteSpan>(muteSpans)), ...why },
  slow: { pace: z.literal(PACES), ...why },
}
