import { makeUlidSource } from '@lotbook/domain'
import { limits } from './limits.ts'

const visible = /^[\u0021-\u007e]+$/u
const newUlid = makeUlidSource()

/** A new id, for what came without a readable one. */
export const newRequestId = (): string => newUlid(Date.now())

/** The id of a request: the client's own, where it is short and visible ASCII, or a new one. */
export const requestIdOf = (given: string | undefined, now: number): string =>
  given !== undefined && given.length <= limits.requestIdCharacters && visible.test(given) ? given : newUlid(now)
