/** The texts of keeping a room clean, for those who broadcast. */
export const roomTexts = {
  acts: '处理这条评论',
  why: '原因',
  hide: '隐藏这条评论',
  hidden: '评论已隐藏',
  muteTen: '禁言 10 分钟',
  muteSession: '本场禁言',
  muted: '已禁言',
  block: '拉黑',
  blocked: '已拉黑',
  blockHint: '拉黑后，这个人不能再进入你家的直播间，直到撤销',
  undone: '已撤销',
  tabs: { chats: '评论', questions: '提问' },
  questions: {
    empty: '还没有人提问',
    emptyHint: '观众的问题会自动归到这里，问得多的排在前面',
    askers: (n: number) => `${n} 人在问`,
    aloud: '已口头回答',
    passOver: '略过',
  },
} as const
