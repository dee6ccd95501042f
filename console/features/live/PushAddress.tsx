import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import { dayAndTime } from '@shared/time.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { wordsOf } from '@/lib/errors.ts'
import { stageOptions } from '@/lib/stage.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { CopyButton } from '@/ui/CopyButton.tsx'

/** Where to push to: shown on request, server and key apart as OBS wants them. */
export function PushAddress({ shopId, sessionId }: { shopId: ShopId; sessionId: LiveSessionId }) {
  const stage = useQuery(stageOptions)
  const take = useMutation({ mutationFn: () => trpc.shop.live.pushAddress.mutate({ shopId, sessionId }) })
  if (!take.data)
    return (
      <div className="stack-s">
        <p className="hint">{texts.push.hidden}</p>
        <div className="row">
          <Button type="primary" loading={take.isPending} onClick={() => take.mutate()}>
            {texts.push.show}
          </Button>
        </div>
        {take.error ? (
          <p className="field-wrong" role="alert">
            {wordsOf(take.error)}
          </p>
        ) : null}
      </div>
    )
  const { server, streamKey, url, until } = take.data
  const line = `npm run stream -- '${url}'`
  return (
    <div className="stack">
      <p className="hint">{texts.push.hint}</p>
      <Copied label={texts.push.server} text={server} copy={texts.push.copyServer} />
      <Copied label={texts.push.key} text={streamKey} copy={texts.push.copyKey} />
      <p className="hint small">{texts.push.until(dayAndTime(until))}</p>
      {stage.data && stage.data.stage !== 'park' ? (
        <div className="notice stack-s">
          <p className="strong">{texts.push.demoTitle}</p>
          <p className="hint">{texts.push.demoHint}</p>
          <code className="code">{line}</code>
          <div>
            <CopyButton text={line} label={texts.push.copyLine} small />
          </div>
        </div>
      ) : null}
    </div>
  )
}

function Copied({ label, text, copy }: { label: string; text: string; copy: string }) {
  return (
    <div className="stack-s">
      <div className="row row-apart">
        <span className="strong">{label}</span>
        <CopyButton text={text} label={copy} small />
      </div>
      <code className="code">{text}</code>
    </div>
  )
}
