/**
 * Reads an address out of a text as people paste it: name, phone, division by division, the rest. It only proposes; the buyer sees every field before
 * it is saved, and nothing of it is kept. The divisions are those of @vant/area-data (GB/T 2260).
 */
import { areaList } from '@vant/area-data'
import { provinceOf } from '../../../shared/freight/provinces.ts'
import { DETAIL_MAX, NAME_MAX } from '../../../shared/orders/limits.ts'

export interface ReadAddress {
  name: string
  phone: string
  province: string
  city: string
  county: string
  detail: string
}

interface Division {
  code: string
  name: string
  /** As people shorten it: without 省, 市, 县, 区, 自治州… */
  short: string
}

const PEOPLES =
  '蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各'
const ENDING = new RegExp(`(?:特别行政区|(?:(?:${PEOPLES})族?)*自治[区州县旗]|地区|盟|省|市|县|区|旗)$`)

const shorten = (name: string): string => {
  const cut = name.replace(ENDING, '')
  return cut.length >= 2 ? cut : name
}
const divisions = (list: Record<string, string>): Division[] =>
  Object.entries(list).map(([code, name]) => ({ code, name, short: shorten(name) }))

const provinces = divisions(areaList.province_list).map((p) => ({ ...p, short: provinceOf(p.name) ?? p.short }))
const cities = divisions(areaList.city_list)
const counties = divisions(areaList.county_list)

const LABELS = /(?:收货人|收件人|联系人|姓名|手机号码?|联系电话|联系方式|电话|所在地区|省市区|地区|详细地址|收货地址|地址)\s*[:：]?/g
const MOBILE = /(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)/
const LANDLINE = /(0\d{2,3})-?(\d{7,8})(?!\d)/

/** Where a division is named in the text, its full name before its short one. */
const findIn = (text: string, some: readonly Division[]): { at: number; length: number; found: Division } | null => {
  let best: { at: number; length: number; found: Division } | null = null
  for (const d of some)
    for (const name of [d.name, d.short]) {
      const at = text.indexOf(name)
      if (at >= 0 && (best === null || at < best.at || (at === best.at && name.length > best.length)))
        best = { at, length: name.length, found: d }
    }
  return best
}

/** Where a division stood. */
const MARK = '\u2400'

const cutOut = (text: string, at: number, length: number): string => text.slice(0, at) + MARK + text.slice(at + length)

/** What can be read; a field that cannot is empty. */
export function readAddress(pasted: string): ReadAddress {
  let text = pasted
    .normalize('NFKC')
    .replace(LABELS, ' ')
    .replace(/[\t\r\n]+/g, ' ')
  let phone = ''
  const mobile = MOBILE.exec(text)
  const line = mobile ? null : LANDLINE.exec(text)
  const number = mobile ?? line
  if (number) {
    phone = mobile ? `${mobile[1]}${mobile[2]}${mobile[3]}` : `${line?.[1]}-${line?.[2]}`
    text = `${text.slice(0, number.index)} ${text.slice(number.index + number[0].length)}`
  }
  const region = { province: '', city: '', county: '' }
  let code = ''
  const province = findIn(text, provinces)
  if (province) {
    region.province = province.found.name
    code = province.found.code.slice(0, 2)
    text = cutOut(text, province.at, province.length)
  }
  const city = findIn(
    text,
    cities.filter((c) => c.code.startsWith(code) && c.name.length > 1 && !/直辖/.test(c.name)),
  )
  if (city) {
    region.city = city.found.name
    code = city.found.code.slice(0, 4)
    text = cutOut(text, city.at, city.length)
  }
  // a county may be named without its city, or even without its province
  const inside = counties.filter((c) => c.code.startsWith(code))
  const full = findIn(
    text,
    inside.map((c) => ({ ...c, short: code === '' ? c.name : c.short })),
  )
  if (full) {
    region.county = full.found.name
    code = full.found.code
    text = cutOut(text, full.at, full.length)
  }
  if (code !== '' && region.province === '') region.province = areaList.province_list[`${code.slice(0, 2)}0000`] ?? ''
  if (code.length >= 4 && region.city === '') region.city = areaList.city_list[`${code.slice(0, 4)}00`] ?? ''
  if (/直辖/.test(region.city)) region.city = region.county
  if (region.city === '' && /^(?:北京|天津|上海|重庆)市$/.test(region.province)) region.city = region.province
  const [before = '', ...rest] = text.split(MARK)
  const words = (part: string): string[] => part.split(/[\s,，;；、。|]+/).filter(Boolean)
  const nameLike = (word: string): boolean =>
    /^[\u4e00-\u9fa5·A-Za-z]{2,}$/.test(word) && [...word].length <= 5 && !/[省市县区镇乡村路街巷号栋楼室园]$/.test(word)
  const all = rest.length > 0 ? [words(before), words(rest.join(' '))] : [[], words(before)]
  const [front = [], back = []] = all
  const named =
    front.find(nameLike) ?? [...back].reverse().find((w, i) => nameLike(w) && (i === 0 || back.length > 1) && back.length > 1) ?? ''
  const detail = [...front.filter((w) => w !== named && !nameLike(w)), ...back.filter((w) => w !== named)].join(' ')
  return { name: [...named].slice(0, NAME_MAX).join(''), phone, ...region, detail: [...detail].slice(0, DETAIL_MAX).join('') }
}
