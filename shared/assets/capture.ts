/** Where a photo comes from 照片来源, as the review desk reads it: what the phone said, beside what the house knows. */
import { clockTime, dayAndTime, type Instant, MINUTE } from '../time.ts'

export type PhotoSource = 'camera' | 'album'

export const photoSourceWords: Record<PhotoSource, string> = { camera: '应用内拍摄', album: '相册上传' }

export interface PhotoOrigin {
  source: PhotoSource
  /** When the house received it. */
  storedAt: Instant
  /** What the phone said of the moment and the place (degrees, to a hundredth: about a kilometre). */
  takenAt: Instant | null
  place: { latitude: number; longitude: number } | null
  /** The program that changed the photo, where the file itself names one. */
  editedWith: string | null
}

/** The county seat 联珠镇, from which places are told. */
const SEAT = { name: '墨江县城', latitude: 23.43, longitude: 101.69 }
const QUARTERS = ['北', '东北', '东', '东南', '南', '西南', '西', '西北'] as const
/** The county reaches some 60 km from its seat. */
const COUNTY_KM = 60

/** A place by its distance and direction from the county seat: "墨江县城西北约 28 公里". */
export const placeWords = ({ latitude, longitude }: { latitude: number; longitude: number }): string => {
  const north = (latitude - SEAT.latitude) * 111.2
  const east = (longitude - SEAT.longitude) * 111.2 * Math.cos((SEAT.latitude * Math.PI) / 180)
  const km = Math.round(Math.hypot(north, east))
  if (km < 3) return `${SEAT.name}附近`
  const at = Math.round(Math.atan2(east, north) / (Math.PI / 4))
  return `${SEAT.name}${QUARTERS[(at + 8) % 8]}约 ${km} 公里${km > COUNTY_KM ? '，不在墨江' : ''}`
}

/** A phone's clock may be this far off before it is worth a word. */
const CLOCK_OFF = 15 * MINUTE

/** One line for the reviewer. What only the phone said is marked as said. */
export const originWords = (origin: PhotoOrigin): string => {
  const { source, storedAt, takenAt, place, editedWith } = origin
  const edited = editedWith ? [`照片里写着修图软件：${editedWith}`] : []
  if (source === 'album' || takenAt === null) return [photoSourceWords.album, `${dayAndTime(storedAt)} 收到`, ...edited].join(' · ')
  const off = Math.abs(storedAt - takenAt) > CLOCK_OFF ? `，${clockTime(storedAt)} 才收到` : ''
  return [
    photoSourceWords.camera,
    `手机报 ${dayAndTime(takenAt)}${off}`,
    place ? `手机报${placeWords(place)}` : '没有附地点',
    ...edited,
  ].join(' · ')
}
