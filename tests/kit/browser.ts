/** A real browser: Chromium, headless, as a phone or as a desk; what it complains about is kept. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { findProgram } from '../../server/launch/machine.ts'
import { until } from './house.ts'

export const chromiumPath = findProgram('chromium', 'chromium-browser', 'google-chrome')

const pictures = path.join(os.tmpdir(), 'chashan-pictures')

/** Starts Chromium; it decodes H.264 and may play sound without a tap. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath ?? '',
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })

export interface Seat {
  page: Page
  context: BrowserContext
  /** Errors of the page and of its console. */
  complaints: string[]
  /** Keeps a picture for people to look at, and gives where it is. */
  shot(name: string): Promise<string>
}

/** Somebody before a screen who has asked for less motion: what is pressed does not move away under the finger on a slow machine. */
export async function seat(browser: Browser, kind: 'phone' | 'desk'): Promise<Seat> {
  const context = await browser.newContext(
    kind === 'phone'
      ? {
          viewport: { width: 375, height: 812 },
          deviceScaleFactor: 2,
          isMobile: true,
          hasTouch: true,
          reducedMotion: 'reduce',
          locale: 'zh-CN',
          timezoneId: 'Asia/Shanghai',
        }
      : { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
  )
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} ${message.location().url}`)
  })
  fs.mkdirSync(pictures, { recursive: true })
  return {
    page,
    context,
    complaints,
    shot: async (name) => {
      const file = path.join(pictures, `${name}.png`)
      await page.screenshot({ path: file })
      return file
    },
  }
}

/** Presses a button until the press has reached it: what a dialog that is still being laid lets slip is pressed again, what the app loses is not. */
export const press = (button: Locator): Promise<boolean> =>
  until(async () => {
    const reached = await button.evaluateHandle((element) => {
      const seen = { pressed: false }
      element.addEventListener('click', () => {
        seen.pressed = true
      })
      return seen
    })
    await button.click()
    return reached.evaluate((seen) => seen.pressed)
  })

/** Chooses from a list that opens with a movement: under load it may close under the finger, so it is tried again. */
export const choose = (list: Locator, option: string): Promise<boolean> =>
  until(async () => {
    await list.click()
    const found = list.page().locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first()
    try {
      await found.click({ timeout: 2_000 })
      return true
    } catch {
      return false
    }
  }, 20_000)

/** A fingerprint of the picture that a video element shows now: the mean brightness of 8 × 8 fields. */
export const videoFrame = (page: Page): Promise<{ width: number; height: number; fields: number[] } | null> =>
  page.evaluate(() => {
    const video = document.querySelector('video')
    if (!video || video.videoWidth === 0 || video.readyState < 2) return null
    const canvas = document.createElement('canvas')
    canvas.width = 64
    canvas.height = 64
    const pen = canvas.getContext('2d')
    if (!pen) return null
    pen.drawImage(video, 0, 0, 64, 64)
    const { data } = pen.getImageData(0, 0, 64, 64)
    const fields = Array.from({ length: 64 }, () => 0)
    for (let i = 0; i < 64 * 64; i++) {
      const field = Math.floor(Math.floor(i / 64) / 8) * 8 + Math.floor((i % 64) / 8)
      fields[field] = (fields[field] ?? 0) + ((data[i * 4] ?? 0) + (data[i * 4 + 1] ?? 0) + (data[i * 4 + 2] ?? 0)) / 192
    }
    return { width: video.videoWidth, height: video.videoHeight, fields }
  })
