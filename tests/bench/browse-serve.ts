/** The api role in a process of its own, for a bench: is told its settings and says its port. */
import { once } from 'node:events'
import { checkSettings } from '../../config/settings.ts'
import { startHouse } from '../../server/house.ts'

const [settings] = await once(process, 'message')
const house = await startHouse(checkSettings(settings))
process.send?.({ port: house.api?.port })
process.on('disconnect', () => process.exit(0))
