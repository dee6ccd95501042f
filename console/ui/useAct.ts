import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import { isSignIn, wordsOf } from '@/lib/errors.ts'

/** An act of a button: says what became of it, in the server's words when it was refused. */
export const useAct = <I, O>(
  act: (input: I) => Promise<O>,
  {
    done,
    after,
    failed,
  }: { done?: string | ((out: O, input: I) => string); after?: (out: O, input: I) => unknown; failed?: (error: unknown) => unknown } = {},
) => {
  const { message } = App.useApp()
  return useMutation({
    mutationFn: act,
    onSuccess: async (out, input) => {
      await after?.(out, input)
      if (done) message.success(typeof done === 'string' ? done : done(out, input))
    },
    onError: (error) => {
      if (!isSignIn(error)) message.error(wordsOf(error))
      return failed?.(error)
    },
  })
}

/** Asks before an act that is hard to take back; the question names what it does. The dialog stays open when the act fails. */
export const useAsk = () => {
  const { modal, message } = App.useApp()
  return (question: { title: string; hint: string; ok: string; cancel: string; act: () => Promise<unknown> }): void => {
    modal.confirm({
      title: question.title,
      content: question.hint,
      okText: question.ok,
      okButtonProps: { danger: true },
      cancelText: question.cancel,
      icon: null,
      onOk: async () => {
        try {
          await question.act()
        } catch (error) {
          if (!isSignIn(error)) message.error(wordsOf(error))
          throw error
        }
      },
    })
  }
}
