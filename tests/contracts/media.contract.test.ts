/** What every media adapter promises, whoever carries the pictures. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaPort } from '../../server/ports/media.ts'
import { instant } from '../../shared/time.ts'
import { KEY, openHouse } from '../media/kit.ts'

interface MediaUnderTest {
  media: MediaPort
  key: string
  close(): Promise<void>
}

/** Runs the contract against one adapter, already started. */
const mediaContract = (name: string, open: () => Promise<MediaUnderTest>): void => {
  describe(`the media port, kept by ${name}`, () => {
    let under: MediaUnderTest
    beforeAll(async () => {
      under = await open()
    })
    afterAll(() => under.close())

    it('a push address carries Tencent’s signature: md5(key + stream + txTime), txTime in upper-case hex seconds', () => {
      const until = instant(Date.UTC(2026, 10, 23, 14, 30, 0))
      const { server, streamKey, url } = under.media.pushAddress('ses_01', until)
      const txTime = (until / 1000).toString(16).toUpperCase()
      const txSecret = createHash('md5').update(`${under.key}ses_01${txTime}`).digest('hex')
      expect(server).toMatch(/^rtmp:\/\/[^/]+\/live$/)
      expect(streamKey).toBe(`ses_01?txSecret=${txSecret}&txTime=${txTime}`)
      expect(url).toBe(`${server}/${streamKey}`)
    })

    it('keys of two streams, and of two moments, differ', () => {
      const { media } = under
      const secret = (stream: string, at: number) => /txSecret=([0-9a-f]{32})/.exec(media.pushAddress(stream, instant(at)).streamKey)?.[1]
      expect(new Set([secret('a', 1e12), secret('b', 1e12), secret('a', 2e12)]).size).toBe(3)
    })

    it('play addresses are public: they hold no secret, and do not change', () => {
      const { flv, hls } = under.media.playAddresses('ses_01')
      expect(flv).toMatch(/^https?:\/\/[^?]+\/ses_01\.flv$/)
      if (hls !== null) expect(hls).toMatch(/^https?:\/\/[^?]+\/ses_01(\/index)?\.m3u8$/)
      expect(under.media.playAddresses('ses_01')).toEqual({ flv, hls })
    })

    it('of a stream nobody pushes there are no figures and no cover, and nothing to kick', async () => {
      expect(await under.media.stats('nobody')).toBeNull()
      expect(await under.media.cover('nobody')).toBeNull()
      expect(await under.media.kick('nobody')).toBe(false)
    })
  })
}

mediaContract('the embedded adapter', async () => {
  const house = await openHouse()
  return { media: house.media, key: KEY, close: house.close }
})
