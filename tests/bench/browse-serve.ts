/** The api role in a process of its own, for a bench: settings as JSON in CHASHAN_BENCH; says its port. */
import { checkSettings } from '../../config/settings.ts'
import { startHouse } from '../../server/house.ts'

const house = await startHouse(checkSettings(JSON.parse(process.env.CHASHAN_BENCH ?? '{}')))
process.send?.({ port: house.api?.port })
process.on('disconnect', () => process.exit(0))
