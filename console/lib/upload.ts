/** Sends a photo to the shop's pictures: a ticket, then the file with its progress. */
import type { ShopId } from '@shared/ids.ts'
import { SpokenError } from './errors.ts'
import { texts } from './texts.ts'
import { type Outputs, trpc } from './trpc.ts'

export type Picture = Outputs['shop']['catalogue']['list']['rows'][number]['picture'] & {}

export const PICTURE_KINDS = 'image/jpeg,image/png,image/webp'

/** Uploads one file; `progress` hears whole per cents. Throws a SpokenError in the server's words, or an AbortError. */
export const uploadPicture = async (
  shopId: ShopId,
  file: File,
  progress: (percent: number) => void,
  signal: AbortSignal,
): Promise<Picture> => {
  if (!PICTURE_KINDS.split(',').includes(file.type)) throw new SpokenError(texts.photos.kind)
  const { url } = await trpc.shop.assets.ticket.mutate({ shopId }, { signal })
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open('POST', url)
    call.responseType = 'json'
    call.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(Math.round((event.loaded / event.total) * 100))
    }
    call.onload = () => {
      const answer = call.response as { asset?: Picture; error?: { message?: string } } | null
      if (call.status === 200 && answer?.asset) resolve(answer.asset)
      else reject(new SpokenError(answer?.error?.message ?? texts.photos.failed))
    }
    call.onerror = () => reject(new SpokenError(texts.photos.failed))
    call.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    signal.addEventListener('abort', () => call.abort())
    const form = new FormData()
    form.append('file', file)
    call.send(form)
  })
}
