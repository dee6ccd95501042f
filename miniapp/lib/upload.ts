/** Photos from the album or the camera, straight to the upload door with a ticket. */
import Taro from '@tarojs/taro'
import { texts } from '../texts'
import { onOrigin } from './device'

/** Lets a person choose up to `count` photos, or take one; an empty list when they gave up. */
export const choosePhotos = async (count: number, from: 'album' | 'camera' = 'album'): Promise<string[]> => {
  try {
    const { tempFiles } = await Taro.chooseMedia({
      count: from === 'camera' ? 1 : count,
      mediaType: ['image'],
      sizeType: ['compressed'],
      sourceType: [from],
    })
    return tempFiles.map((file) => file.tempFilePath).slice(0, count)
  } catch {
    return []
  }
}

/** Sends one photo; answers what the door said (`asset`), or rejects with its words. */
export const sendPhoto = async <A>(url: string, filePath: string, onProgress?: (percent: number) => void): Promise<A> => {
  let answer: { statusCode: number; data: unknown }
  try {
    const task = Taro.uploadFile({ url: onOrigin(url), filePath, name: 'file', fileName: 'photo.jpg' })
    task.progress?.((p) => onProgress?.(p.progress))
    answer = await task
  } catch {
    throw new Error(texts.trouble.offline)
  }
  let said: { asset?: A; error?: { message?: string } } = {}
  try {
    said = (typeof answer.data === 'string' ? JSON.parse(answer.data) : answer.data) as typeof said
  } catch {
    throw new Error(texts.trouble.unknown)
  }
  if (answer.statusCode !== 200 || !said.asset) throw new Error(said.error?.message ?? texts.trouble.unknown)
  return said.asset
}
