import { App, Button } from 'antd'
import { copyText } from '@/lib/copy.ts'
import { texts } from '@/lib/texts.ts'

/** Copies a text and says so. */
export function CopyButton({ text, label = texts.common.copy, small }: { text: string; label?: string; small?: boolean }) {
  const { message } = App.useApp()
  const copy = (): void => {
    copyText(text).then(
      () => message.success(texts.common.copied),
      () => message.error(texts.common.copyFailed),
    )
  }
  return (
    <Button onClick={copy} size={small ? 'small' : 'middle'}>
      {label}
    </Button>
  )
}
