import { KEY, openHouse } from '../media/kit.ts'
import { mediaContract } from './media.contract.ts'

mediaContract('the embedded adapter', async () => {
  const house = await openHouse()
  return { media: house.media, key: KEY, close: house.close }
})
