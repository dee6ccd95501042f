/** The media role: takes pictures in and hands them out, by whichever adapter the settings chose. */

import { mediaHooks } from '../modules/live/callbacks.ts'
import type { App } from '../platform/app.ts'

/** Starts the media port with the house's answers. */
export async function startMedia(app: App): Promise<{ stop(): Promise<void> }> {
  await app.ports.media.start(mediaHooks(app))
  return { stop: () => app.ports.media.stop() }
}
