import { Effect } from 'effect'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { RestoreUnfinished } from '../ledger-head.ts'
import { failureOf, isPassing, mayBeCommitted } from './failure.ts'

/** As the driver makes it, from a server that speaks another language. */
const said = (code: string, severity: string): pg.DatabaseError =>
  Object.assign(new pg.DatabaseError('a message', 9, 'error'), { code, severity })

describe('a commit that fails', () => {
  it.each(['57P01', '57P02', '57P03', '57P05', '57014', '58030', '53100', '53200', 'XX000', 'XX001', '25P03', '25P04'])(
    'may be done where the server ends the session (%s)',
    (code) => {
      expect(mayBeCommitted(said(code, 'FATALE'), 'the commit')).toBe(true)
      expect(mayBeCommitted(said(code, 'FATALE'), 'ahead of the commit')).toBe(false)
    },
  )

  it.each(['23503', '23505', '40001', '40P01', '55P03', '25006', 'P0001'])('is rolled back after %s', (code) => {
    expect(mayBeCommitted(said(code, 'ERREUR'), 'the commit')).toBe(false)
    expect(mayBeCommitted(said(code, 'ERREUR'), 'ahead of the commit')).toBe(false)
  })

  it.each([
    new Error('Connection terminated unexpectedly'),
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    said('08006', 'FATAL'),
    said('08P01', 'FATAL'),
    said('40003', 'ERROR'),
  ])('may be done where the connection is lost, whatever was sent last (%s)', (error) => {
    expect(mayBeCommitted(error, 'the commit')).toBe(true)
    expect(mayBeCommitted(error, 'ahead of the commit')).toBe(true)
  })
})

describe('a transaction that fails', () => {
  it.each(['40003', '57014'])(
    'is refused as one that may be tried again, never taken for a defect (%s)',
    async (code) => {
      const refusal = await Effect.runPromise(Effect.flip(failureOf(said(code, 'ERROR'))))
      expect(refusal).toMatchObject({ _tag: 'StorageUnavailable', reason: expect.stringContaining(`(${code})`) })
    },
  )

  it.each([
    said('40001', 'ERROR'),
    said('40P01', 'ERROR'),
    said('57014', 'ERROR'),
    said('57P03', 'FATAL'),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  ])('is tried again where others were in the way or the server is away (%s)', (error) => {
    expect(isPassing(error)).toBe(true)
  })

  it.each([
    said('28P01', 'FATAL'),
    said('3D000', 'FATAL'),
    said('3F000', 'ERROR'),
    said('42501', 'ERROR'),
    said('25006', 'ERROR'),
    said('23505', 'ERROR'),
    new RestoreUnfinished(),
    new Error('a bug'),
  ])('is not tried again where that cannot help (%s)', (error) => {
    expect(isPassing(error)).toBe(false)
  })
})
