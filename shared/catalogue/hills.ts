/**
 * The registry of hills 山头: the only origins that a listing may name. Figures are ranges with the source they came from; where sources
 * disagree, both stand here. Two hills are called 凤凰窝: the registry keeps them apart by county.
 */
export interface Hill {
  id: string
  /** As buyers read it; names its county where two hills share a name. */
  name: string
  county: string
  town: string | null
  villages: readonly string[]
  /** Parts of a village's name of which one must occur in a listing's village, so that a hill and a far village are not joined. Empty: not known. */
  places: readonly string[]
  altitudeMetres: readonly [number, number] | null
  /** Whole mu 亩, from and to; null: no source gives it. */
  areaMu: readonly [number, number] | null
  /**
   * Grams of dry sun-dried tea 晒青毛茶 that the whole hill gives in a year, from and to. The upper end bounds all verified plots of the hill
   * together; null: no source gives it, and each plot's own evidence is the bound.
   */
  yearlyGrams: readonly [number, number] | null
  notes: readonly { says: string; source: string }[]
}

const survey = '园区产地资料（整理自公开报道，须由园区人员对照原文核实）'

export const hills: readonly Hill[] = [
  {
    id: 'mojiang-fenghuangwo',
    name: '凤凰窝（墨江）',
    county: '墨江县',
    town: '景星镇',
    villages: ['新华村洒次', '涵德村半坡'],
    places: ['景星', '新华', '洒次', '涵德', '半坡'],
    altitudeMetres: [1618, 1783],
    areaMu: [66, 66],
    yearlyGrams: [300_000, 600_000],
    notes: [
      { says: '约 66 亩、20196 株；春茶约 300 公斤，全年约 600 公斤；名录取 300–600 公斤', source: survey },
      { says: '树龄约 160 年；另一来源说法不同，不作宣传依据', source: survey },
      { says: '易武丁家寨另有一处凤凰窝，与墨江凤凰窝不是一地', source: '《墨江凤凰窝古树茶》，fahaotai.com，2023-11-09' },
    ],
  },
  {
    id: 'yiwu-fenghuangwo',
    name: '凤凰窝（易武）',
    county: '勐腊县',
    town: '易武镇',
    villages: ['丁家寨'],
    places: ['易武', '丁家寨'],
    altitudeMetres: null,
    areaMu: null,
    yearlyGrams: null,
    notes: [{ says: '与墨江凤凰窝同名，须注明易武', source: '《墨江凤凰窝古树茶》，fahaotai.com，2023-11-09' }],
  },
  {
    id: 'mojiang-midi',
    name: '迷帝',
    county: '墨江县',
    town: '新抚镇',
    villages: ['界牌村'],
    places: ['新抚', '界牌', '界碑'],
    altitudeMetres: [1300, 1940],
    areaMu: [52, 212],
    yearlyGrams: [7_800_000, 31_800_000],
    notes: [
      { says: '海拔 1300–1940 米；村名在来源中写作界碑', source: '《哀牢山西岭古茶带》，kongqueshuo.com，2020-08-12' },
      { says: '百年以上 52 亩，年产约 7.8 吨，约 2000 元/公斤', source: survey },
      { says: '50–100 年 160 亩，年产约 24 吨，400–800 元/公斤；名录把百年以上与 50–100 年合计为上限', source: survey },
      { says: '200 年以上 240 株，2020 年约 2800 元/公斤', source: survey },
    ],
  },
  {
    id: 'mojiang-xuli',
    name: '须立贡茶山',
    county: '墨江县',
    town: null,
    villages: [],
    places: [],
    altitudeMetres: null,
    areaMu: null,
    yearlyGrams: null,
    notes: [{ says: '列为墨江第三处名山头；面积、海拔、产量尚无资料', source: survey }],
  },
]

/** The hill of this id, or null. */
export const hillOf = (id: string | null): Hill | null => hills.find((h) => h.id === id) ?? null

/** A hill's name as buyers read it, or null. */
export const hillName = (id: string | null): string | null => hillOf(id)?.name ?? null
