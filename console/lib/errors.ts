/** What went wrong, in words for people: the server's own where it answered, ours where it did not. */
import { TRPCClientError } from '@trpc/client'
import { texts } from './texts.ts'

interface ErrorData {
  httpStatus: number
  refusal: string | null
  fields: Record<string, string>
}

const dataOf = (error: unknown): ErrorData | null => (error instanceof TRPCClientError && error.data ? (error.data as ErrorData) : null)

/** The Chinese words of an error. */
export const wordsOf = (error: unknown): string => {
  if (dataOf(error)) return (error as Error).message
  if (error instanceof SpokenError) return error.message
  return texts.failure.network
}

/** What is wrong with each field of the input, by the field's name. */
export const fieldsOf = (error: unknown): Record<string, string> => dataOf(error)?.fields ?? {}

/** The code of the refusal, or null where it was none. */
export const refusalOf = (error: unknown): string | null => dataOf(error)?.refusal ?? null

/** Whether the session is gone. */
export const isSignIn = (error: unknown): boolean => dataOf(error)?.httpStatus === 401

/** Whether what was asked for is not there (or not for this caller). */
export const isNotFound = (error: unknown): boolean => dataOf(error)?.httpStatus === 404

/** Whether asking again may help: no answer at all, or the house is busy. */
export const isPassing = (error: unknown): boolean => {
  const data = dataOf(error)
  return data === null ? !(error instanceof SpokenError) : data.httpStatus >= 500
}

/** A failure whose message people may read. */
export class SpokenError extends Error {}
