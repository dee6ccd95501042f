/** Content safety 内容安全: the machine's opinion on words that others will read. Owner: the moderation module. */
export type Opinion = { suggest: 'pass' | 'review' | 'risky'; label: string; words: string[] }

export interface ContentSafetyPort {
  /** Reads a text of at most 2 500 characters in a scene. OutsideTrouble when there is no opinion to be had. */
  readText(ask: { text: string; scene: 'profile' | 'comment' | 'listing'; openid: string | null }): Promise<Opinion>
}
