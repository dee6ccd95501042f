/**
 * The townships of Mojiang 墨江 as the drawn sketch shows them: each with its place in per cent of the sketch's width and height. A sketch of where
 * things lie to one another, not a survey: no border, no scale, and the places are to be looked over by the park.
 */
export const townships = {
  tuantian: { name: '团田镇', x: 30, y: 10 },
  xinfu: { name: '新抚镇', x: 19, y: 21 },
  jingxing: { name: '景星镇', x: 29, y: 33 },
  xinan: { name: '新安镇', x: 55, y: 27 },
  yutang: { name: '鱼塘镇', x: 47, y: 45 },
  lianzhu: { name: '联珠镇', x: 63, y: 42 },
  mengnong: { name: '孟弄乡', x: 81, y: 36 },
  tongguan: { name: '通关镇', x: 22, y: 55 },
  wenwu: { name: '文武乡', x: 45, y: 57 },
  yayi: { name: '雅邑镇', x: 72, y: 57 },
  longba: { name: '龙坝镇', x: 52, y: 69 },
  longtan: { name: '龙潭乡', x: 32, y: 71 },
  naha: { name: '那哈乡', x: 77, y: 71 },
  sinanjiang: { name: '泗南江镇', x: 57, y: 84 },
  baliu: { name: '坝溜镇', x: 79, y: 88 },
} as const satisfies Record<string, { name: string; x: number; y: number }>

export type Township = keyof typeof townships

/** The township that a village's or a hill's address names, or null: "景星镇新华村" is in jingxing. */
export const townshipIn = (address: string): Township | null => {
  for (const [id, { name }] of Object.entries(townships)) if (address.includes(name.slice(0, -1))) return id as Township
  return null
}
