import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import zlib from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Picture } from '../../server/modules/assets/index.ts'
import { storePicture } from '../../server/modules/assets/index.ts'
import { MINUTE } from '../../shared/time.ts'
import { type House, type Person, refusalFrom, startHouse, until } from '../kit/house.ts'
import { type Farmer, jpeg, sendPicture, uploadPicture } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let stranger: Person

beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  stranger = await house.buyer()
})
afterAll(() => house?.stop())

const filesStored = (): string[] => {
  const dir = path.join(house.app.settings.dataDir, 'files', 'p')
  return fs.existsSync(dir) ? (fs.readdirSync(dir, { recursive: true }) as string[]).filter((f) => f.endsWith('.webp')) : []
}
const rowsStored = async () => Number((await house.sql<{ n: number }>('select count(*) n from assets'))[0]?.n)
const refused = async (answer: Response) => ({
  status: answer.status,
  refusal: ((await answer.json()) as { error: { refusal: string } }).error.refusal,
})

/** Nothing of a refused upload stays: neither file nor row. */
const leavesNothing = async (act: () => Promise<void>) => {
  const [files, rows] = [filesStored().length, await rowsStored()]
  await act()
  expect(filesStored().length).toBe(files)
  expect(await rowsStored()).toBe(rows)
}

/** A PNG that says it is width × height and holds almost nothing. */
const hugePng = (width: number, height: number): Buffer => {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(12 + data.length)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(zlib.crc32(body), 8 + data.length)
    return out
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const rows = zlib.deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 })
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

describe('a picture comes in', () => {
  test('as the raw body and as a form field, and is shown in three widths, never upscaled', async () => {
    const form = new FormData()
    form.append('note', 'x')
    form.append('file', new Blob([new Uint8Array(await jpeg(1600, 800))]), '../../etc/passwd\u0000.svg')
    const { url } = await farmer.trpc.shop.assets.ticket.mutate({ shopId: farmer.shopId })
    const answer = await fetch(house.origin + url, { method: 'POST', body: form })
    expect(answer.status).toBe(200)
    const { asset } = (await answer.json()) as { asset: Picture }
    expect(asset).toMatchObject({ width: 1200, height: 600 })
    const widths = await Promise.all(
      [asset.thumb, asset.card, asset.full].map(
        async (at) => (await sharp(await (await fetch(house.origin + at)).arrayBuffer()).metadata()).width,
      ),
    )
    expect(widths).toEqual([240, 640, 1200])
    expect(asset.full).toMatch(/^\/files\/p\/[0-9a-f]{2}\/[0-9a-f]{32}_1200\.webp$/)

    const small = await uploadPicture(house, farmer)
    expect(small).toMatchObject({ width: 320, height: 240 })
    const full = await sharp(await (await fetch(house.origin + small.full)).arrayBuffer()).metadata()
    expect([full.width, full.height, full.format]).toEqual([320, 240, 'webp'])
  })

  test('turned upright and without the place where it was taken', async () => {
    const taken = await sharp({ create: { width: 300, height: 100, channels: 3, background: '#8C2F1B' } })
      .jpeg()
      .withExif({ IFD0: { Copyright: '茶农家的院子' }, IFD3: { GPSLatitude: '23/1 26/1 0/1', GPSLongitude: '101/1 41/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    expect((await sharp(taken).metadata()).exif).toBeDefined()
    const answer = await sendPicture(house, farmer, taken)
    const { asset } = (await answer.json()) as { asset: Picture }
    expect([asset.width, asset.height]).toEqual([100, 300])
    const shown = Buffer.from(await (await fetch(house.origin + asset.full)).arrayBuffer())
    const { exif, xmp, iptc, icc, orientation } = await sharp(shown).metadata()
    expect([exif, xmp, iptc, icc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  test('and what was hidden behind its pixels stays outside', async () => {
    const script = '<script>alert(1)</script>PK\u0003\u0004zip'
    const answer = await sendPicture(house, farmer, Buffer.concat([await jpeg(), Buffer.from(script)]))
    const { asset } = (await answer.json()) as { asset: Picture }
    for (const at of [asset.thumb, asset.card, asset.full]) {
      const bytes = Buffer.from(await (await fetch(house.origin + at)).arrayBuffer())
      expect(bytes.includes('script') || bytes.includes('PK\u0003\u0004')).toBe(false)
    }
  })

  test('a PNG with a transparent ground, a grey one and a WebP are pictures too', async () => {
    const transparent = await sharp({ create: { width: 50, height: 50, channels: 4, background: '#0000' } })
      .png()
      .toBuffer()
    const grey = await sharp(transparent).flatten().greyscale().png().toBuffer()
    const webp = await sharp(transparent).webp().toBuffer()
    for (const [bytes, type] of [
      [transparent, 'image/png'],
      [grey, 'image/png'],
      [webp, 'image/webp'],
    ] as const)
      expect((await sendPicture(house, farmer, bytes, type)).status).toBe(200)
  })
})

describe('what is no picture stays outside, and nothing of it is left', () => {
  test.each([
    ['an SVG that says it is a JPEG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'pictureKind'],
    ['a page that says it is a JPEG', Buffer.from('<!doctype html><script>1</script>'), 'pictureKind'],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'pictureKind'],
    ['a GIF', Buffer.from('R0lGODlhAQABAAAAACw=', 'base64'), 'pictureKind'],
    ['nothing at all', Buffer.alloc(0), 'pictureKind'],
    ['the first bytes of a JPEG', Buffer.from('ffd8ffe000104a46494600010100', 'hex'), 'pictureBroken'],
  ])('%s', async (_, bytes, refusal) => {
    await leavesNothing(async () => {
      expect(await refused(await sendPicture(house, farmer, bytes))).toEqual({ status: 400, refusal })
    })
  })

  test('a JPEG torn in the middle', async () => {
    const noise = Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, i) => (i * 7919) % 251))
    const whole = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
      .jpeg()
      .toBuffer()
    await leavesNothing(async () => {
      const answer = await sendPicture(house, farmer, whole.subarray(0, whole.length >> 1))
      expect(await refused(answer)).toEqual({ status: 400, refusal: 'pictureBroken' })
    })
  })

  test('a bomb of 225 million pixels is refused before it is drawn', async () => {
    const bomb = hugePng(15_000, 15_000)
    expect(bomb.length).toBeLessThan(100_000)
    await leavesNothing(async () => {
      const from = performance.now()
      expect(await refused(await sendPicture(house, farmer, bomb, 'image/png'))).toEqual({ status: 400, refusal: 'pictureBroken' })
      expect(performance.now() - from).toBeLessThan(1_000)
    })
    expect((await sendPicture(house, farmer, hugePng(5_000, 5_000), 'image/png')).status).toBe(200)
  })

  test('a body of another type', async () => {
    await leavesNothing(async () => {
      const { url } = await farmer.trpc.shop.assets.ticket.mutate({ shopId: farmer.shopId })
      const answer = await fetch(house.origin + url, { method: 'POST', headers: { 'content-type': 'text/html' }, body: '<p>' })
      expect(answer.status).toBe(415)
      const json = await fetch(house.origin + url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      expect(json.status).toBe(400)
    })
  })

  test('a form without the field, or torn', async () => {
    await leavesNothing(async () => {
      const { url } = await farmer.trpc.shop.assets.ticket.mutate({ shopId: farmer.shopId })
      const form = new FormData()
      form.append('picture', new Blob([new Uint8Array(await jpeg())]), 'a.jpg')
      expect((await fetch(house.origin + url, { method: 'POST', body: form })).status).toBe(400)
      const empty = new FormData()
      empty.append('note', 'x')
      expect((await fetch(house.origin + url, { method: 'POST', body: empty })).status).toBe(400)
      const torn = await fetch(house.origin + url, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
      })
      expect(torn.status).toBe(400)
    })
  })
})

describe('what is too big is cut while it comes', () => {
  test('a length that says so is refused at once', async () => {
    await leavesNothing(async () => {
      expect(await refused(await sendPicture(house, farmer, Buffer.alloc(13 << 20)))).toEqual({ status: 413, refusal: 'pictureTooBig' })
    })
  })

  test.each(['raw', 'form'])('a %s body without a length is cut after 12 MB and the line is closed', async (how) => {
    const { url } = await farmer.trpc.shop.assets.ticket.mutate({ shopId: farmer.shopId })
    await leavesNothing(async () => {
      const socket = net.connect(house.api.port, '127.0.0.1')
      socket.setMaxListeners(0)
      let answer = ''
      socket.on('data', (d) => {
        answer += d
      })
      let closed = false
      socket.on('close', () => {
        closed = true
      })
      socket.on('error', () => {})
      const type = how === 'raw' ? 'image/jpeg' : 'multipart/form-data; boundary=x'
      socket.write(`POST ${url} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`)
      const piece = Buffer.alloc(1 << 20, 1)
      const send = (bytes: Buffer) => {
        socket.write(`${bytes.length.toString(16)}\r\n`)
        socket.write(bytes)
        return socket.write('\r\n')
      }
      if (how === 'form') send(Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'))
      let sent = 0
      while (!closed && sent < 1024) {
        if (!send(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {})
        sent++
        await new Promise((go) => setImmediate(go))
      }
      await until(() => closed, 8_000)
      expect(answer).toContain('413')
      expect(answer).toContain('pictureTooBig')
      // a gigabyte was on its way; the line was cut within two seconds of the answer
      expect(sent).toBeGreaterThan(12)
    })
    expect((await sendPicture(house, farmer, await jpeg())).status).toBe(200)
  })

  test('a sender who goes away in the middle leaves nothing, and the door goes on', async () => {
    const { url } = await farmer.trpc.shop.assets.ticket.mutate({ shopId: farmer.shopId })
    await leavesNothing(async () => {
      for (let i = 0; i < 30; i++) {
        const socket = net.connect(house.api.port, '127.0.0.1')
        await new Promise<void>((go) => socket.once('connect', () => go()))
        socket.write(`POST ${url} HTTP/1.1\r\nhost: x\r\ncontent-type: image/jpeg\r\ncontent-length: 500000\r\n\r\nabc`)
        socket.end()
        socket.destroy()
      }
    })
    await until(async () => (await sendPicture(house, farmer, await jpeg())).status === 200)
  })
})

describe('the ticket', () => {
  test('is given to members of the shop only', async () => {
    expect((await refusalFrom(stranger.trpc.shop.assets.ticket.mutate({ shopId: farmer.shopId }))).code).toBe('notFound')
    expect((await refusalFrom(house.guest.shop.assets.ticket.mutate({ shopId: farmer.shopId }))).code).toBe('signIn')
  })

  test('forged, torn, of another shop or over is refused', async () => {
    const { url, expiresAt } = await farmer.trpc.shop.assets.ticket.mutate({ shopId: farmer.shopId })
    const other = await house.farmer()
    const send = async (at: string) =>
      refused(
        await fetch(house.origin + at, { method: 'POST', headers: { 'content-type': 'image/jpeg' }, body: new Uint8Array(await jpeg()) }),
      )
    const no = { status: 403, refusal: 'uploadTicket' }
    await leavesNothing(async () => {
      expect(await send('/upload')).toEqual(no)
      expect(await send('/upload?ticket=')).toEqual(no)
      expect(await send('/upload?ticket=a&ticket=b')).toEqual(no)
      expect(await send(url.slice(0, -1))).toEqual(no)
      expect(await send(url.replace(farmer.shopId, other.shopId))).toEqual(no)
      expect(await send(url.replace(String(expiresAt), String(expiresAt + MINUTE)))).toEqual(no)
    })
    house.clock.advance(10 * MINUTE - 1)
    expect(
      (await fetch(house.origin + url, { method: 'POST', headers: { 'content-type': 'image/jpeg' }, body: new Uint8Array(await jpeg()) }))
        .status,
    ).toBe(200)
    house.clock.advance(1)
    expect(await send(url)).toEqual(no)
  })

  test('of someone who has left the shop is refused', async () => {
    const helper = await house.member(farmer.shopId, 'assistant')
    const { url } = await helper.trpc.shop.assets.ticket.mutate({ shopId: farmer.shopId })
    await house.sql('delete from shop_members where user_id = ?', [helper.userId])
    const answer = await fetch(house.origin + url, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: new Uint8Array(await jpeg()),
    })
    expect(await refused(answer)).toEqual({ status: 403, refusal: 'uploadTicket' })
  })
})

describe('a picture goes out', () => {
  test('for ever the same, and nothing that a browser would run', async () => {
    const { card } = await uploadPicture(house, farmer)
    const answer = await fetch(house.origin + card)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/webp')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const again = await fetch(house.origin + card, { headers: { 'if-none-match': answer.headers.get('etag') as string } })
    expect(again.status).toBe(304)
  })

  test('and only by a key of ours', async () => {
    await house.app.ports.storage.put('papers/secret.webp', Buffer.from('secret'), 'image/webp')
    await house.app.ports.storage.put('p/ab/page.html', Buffer.from('<script>'), 'text/html')
    const { full } = await uploadPicture(house, farmer)
    const keys = [
      '/files/papers/secret.webp',
      '/files/p/ab/page.html',
      `/files/p/../papers/secret.webp`,
      '/files/p/%2e%2e/papers/secret.webp',
      '/files/..%2f..%2f..%2fetc/passwd',
      `${full}%00.html`,
      full.replace('_1200', '_1201'),
      full.toUpperCase().replace('/FILES', '/files'),
      `/files/${'a'.repeat(300)}`,
      '/files/',
    ]
    for (const key of keys) {
      const status = await new Promise<number>((done, fail) => {
        const socket = net.connect(house.api.port, '127.0.0.1', () => socket.write(`GET ${key} HTTP/1.0\r\n\r\n`))
        socket.once('data', (d) => {
          done(Number(d.toString().split(' ')[1]))
          socket.destroy()
        })
        socket.once('error', fail)
      })
      expect([400, 404], key).toContain(status)
    }
  })
})

test('many pictures at once are all stored, each under its own name', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, async () => sendPicture(house, farmer, await jpeg(900, 900))))
  expect(answers.map((a) => a.status)).toEqual(Array(10).fill(200))
  const assets = await Promise.all(answers.map(async (a) => ((await a.json()) as { asset: Picture }).asset))
  expect(new Set(assets.map((a) => a.full)).size).toBe(10)
})

test('when the storage fails half way, no version stays behind and no row is written', async () => {
  const { storage } = house.app.ports
  let puts = 0
  const failing = {
    ...house.app,
    ports: {
      ...house.app.ports,
      storage: {
        ...storage,
        put: async (key: string, bytes: Uint8Array, type: string) => {
          puts++
          if (puts === 3) throw new Error('disk full')
          await storage.put(key, bytes, type)
        },
      },
    },
  }
  const bytes = await jpeg()
  await leavesNothing(async () => {
    await expect(storePicture(failing, { kind: 'staff', userId: stranger.userId, role: 'head' }, { shopId: null, bytes })).rejects.toThrow(
      'disk full',
    )
  })
  expect(puts).toBe(3)
})
