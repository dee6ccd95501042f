import { ApiError, apiErrorAnswer } from './api-errors.ts'
import { contentRoutes } from './content.ts'
import { throughFaults, type Voice } from './faults.ts'
import { type Answer, type Call, type Handler, router } from './http.ts'
import { checkToken, openRoutes, phoneRoutes } from './login.ts'
import { messageRoutes } from './messages.ts'
import { shippingRoutes } from './shipping.ts'
import type { World } from './world.ts'

/** api.weixin.qq.com: every route but login and token looks at the token first. Errors come as HTTP 200. */
export const apiServer = (world: World): Handler => {
  const open = router(openRoutes(world))
  const guarded = router({ ...phoneRoutes(world), ...contentRoutes(world), ...messageRoutes(world), ...shippingRoutes(world) })
  const work = async (call: Call): Promise<Answer> => {
    try {
      world.wake()
      const free = open(call)
      if (free.handler) return await free.handler(call)
      const closed = guarded(call)
      if (closed.handler) {
        checkToken(world, call)
        return await closed.handler(call)
      }
      if (free.known || closed.known)
        throw new ApiError(call.method === 'GET' ? 43002 : 43001, call.method === 'GET' ? 'require POST method' : 'require GET method')
      return { status: 404, body: '', headers: {} }
    } catch (error) {
      if (error instanceof ApiError) return apiErrorAnswer(error.errcode, error.message)
      console.error('wechat stand-in:', error)
      return apiErrorAnswer(-1, 'system error')
    }
  }
  const voice: Voice = {
    rate: () => apiErrorAnswer(45011, 'api minute-quota reach limit, must slower, retry next minute'),
    systemError: () => apiErrorAnswer(-1, 'system error'),
    errcode: apiErrorAnswer,
    finish: (given) => given,
  }
  return (call) => throughFaults(world, call, voice, () => work(call))
}
