/** What was just done, and five seconds to take it back. */
import { Text, View } from '@tarojs/components'
import { useCallback, useEffect, useRef, useState } from 'react'
import { say, wordsOf } from '../lib/trouble'
import { texts } from '../texts'
import { Tap } from './tap'

const LASTS = 5_000

/** `offer` shows the bar; the second part is the bar itself. */
export const useUndo = (): [(words: string, undo: () => Promise<string>) => void, React.ReactNode] => {
  const [shown, setShown] = useState<{ words: string; undo: () => Promise<string> } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(timer.current), [])
  const offer = useCallback((words: string, undo: () => Promise<string>) => {
    clearTimeout(timer.current)
    setShown({ words, undo })
    timer.current = setTimeout(() => setShown(null), LASTS)
  }, [])
  const bar = shown ? (
    <View className="undo" ariaRole="status">
      <Text className="grow">{shown.words}</Text>
      <Tap
        look="bare"
        className="undo-key"
        onTap={() => {
          clearTimeout(timer.current)
          setShown(null)
          shown.undo().then(say, (error: unknown) => say(wordsOf(error)))
        }}
      >
        {texts.common.undo}
      </Tap>
    </View>
  ) : null
  return [offer, bar]
}
