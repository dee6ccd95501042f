/** What every media adapter promises, whoever carries the pictures. */
import { createHash } from 'node:crypto'
import { copyFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaPort } from '../../server/ports/media.ts'
import { instant } from '../../shared/time.ts'
import { hasFfmpeg, KEY, openHouse, realFilm } from '../media/kit.ts'

interface MediaUnderTest {
  media: MediaPort
  key: string
  dir: string
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

    it.runIf(hasFfmpeg)(
      'a recording becomes a film that plays, as often as it is asked for, and is given up without a word when it is gone',
      async () => {
        const { media, dir } = under
        const recording = realFilm(dir)
        const own = path.join(dir, 'recorded.flv')
        copyFileSync(recording, own)
        const film = await media.makeFilm(own, 'rec_01')
        expect(film?.ms).toBeGreaterThan(1_000)
        expect(await media.makeFilm(own, 'rec_01')).toEqual(film)
        expect(media.filmUrl('rec_01')).toMatch(/\/rec_01\.mp4$/)
        for (let i = 0; i < 2; i++) await media.dropRecording(own)
        await expect(media.makeFilm(own, 'rec_02')).rejects.toThrow()
        for (let i = 0; i < 2; i++) await media.dropFilm('rec_01')
      },
    )

    it.runIf(hasFfmpeg)('a recording without a picture makes no film, and a name that leaves its place is none', async () => {
      const { media, dir } = under
      const empty = path.join(dir, 'empty.flv')
      writeFileSync(empty, Buffer.from('464c5601050000000900000000', 'hex'))
      expect(await media.makeFilm(empty, 'rec_03')).toBeNull()
      await expect(media.makeFilm(empty, '../rec')).rejects.toThrow(RangeError)
      expect(await media.leftRecording('nobody', 'push-1')).toBeNull()
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
  return { media: house.media, key: KEY, dir: house.dir, close: house.close }
})
