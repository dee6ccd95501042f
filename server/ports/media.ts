/** Media 音视频: takes a streamer's push and hands it to viewers. Streams are named by us; the port knows no shop. Owner: the live module. */
import type { Instant } from '../../shared/time.ts'

/** What a streamer types into OBS or a phone: two boxes, or one. */
export interface PushAddress {
  /** rtmp://host:port/live */
  server: string
  /** `<stream>?txSecret=…&txTime=…`: a secret, shown once. */
  streamKey: string
  /** Server and key joined, for clients with a single box. */
  url: string
}

/** Where viewers find a stream. The addresses are public and say nothing of whether anybody is on air. */
export interface PlayAddresses {
  flv: string
  /** Null where the adapter cannot make HLS (embedded: no ffmpeg on this machine). */
  hls: string | null
}

/** A stream as it is now; rates are means over the last seconds. */
export interface StreamStats {
  publishing: boolean
  /** Milliseconds since the present push began; 0 while nobody pushes. */
  sincePublishMs: number
  viewers: number
  videoKbps: number
  audioKbps: number
  fps: number
  /** Of the picture, in pixels; 0 before the first. */
  width: number
  height: number
  /** Bytes of sound and picture taken in since the push began. */
  bytesIn: number
  /** Sound and picture tags of this push thrown away because they were damaged. */
  dropped: number
}

/** What the house is asked and told. Hooks of one stream are called one after another, never side by side. */
export interface MediaHooks {
  /** Asked after the adapter has found the key right: may this stream go on air now? A throw or five seconds of silence is a no. */
  mayPublish(ask: { stream: string; publisherId: string; addr: string }): Promise<boolean>
  published(fact: { stream: string; publisherId: string }): Promise<void>
  /** `recording` is the file (FLV) of this push, complete by now; null when nothing was recorded. Also told after the media server died. */
  unpublished(fact: { stream: string; publisherId: string; recording: string | null }): Promise<void>
}

export interface MediaPort {
  /**
   * The address to push to. The key is Tencent's: `txTime` = `until` in upper-case hex seconds, `txSecret` = md5(key + stream + txTime).
   * Checked when a push begins; one that is running is not cut when it passes.
   */
  pushAddress(stream: string, until: Instant): PushAddress
  playAddresses(stream: string): PlayAddresses
  /** Resolves when pushes and viewers are let in; rejects when it cannot listen. */
  start(hooks: MediaHooks): Promise<void>
  /** Ends every push and viewer; the hooks have been told when it resolves. */
  stop(): Promise<void>
  /** Ends the push and sends its viewers home; false when nobody pushed. */
  kick(stream: string): Promise<boolean>
  /** The recording that a push has left although nobody told of its end; null when there is none. */
  leftRecording(stream: string, publisherId: string): Promise<string | null>
  /**
   * Makes a film that phones play (MP4, H.264 and AAC as they came, index first) out of a recording, under a name of ours: letters, digits and `_`.
   * Safe to repeat. Null when there is nothing to see in it; rejects when it cannot be made now.
   */
  makeFilm(recording: string, name: string): Promise<{ ms: number; bytes: number } | null>
  /** Where a film is read from, in parts as players ask (HTTP ranges). */
  filmUrl(name: string): string
  /** Gives up a recording whose film was made, or which was empty; a second time is nothing. */
  dropRecording(recording: string): Promise<void>
  dropFilm(name: string): Promise<void>
  /** Null when there is neither a push nor a viewer waiting for one. */
  stats(stream: string): Promise<StreamStats | null>
  /** A picture (JPEG or WebP) of the last key frame; null without a stream, or where the adapter cannot draw one. */
  cover(stream: string): Promise<Buffer | null>
}
