import { beforeAll, describe, expect, it } from 'vitest'
import { interpreters, runInterpreter, runScript } from './interpreters.ts'
import { adminKey, startServer } from './server.ts'

type Printed = Record<string, unknown>

const printed = (stdout: string): readonly Printed[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Printed)

describe.each(interpreters)('the documented example programs run unmodified under %s', (interpreter) => {
  let url = ''
  beforeAll(async () => {
    url = await startServer()
  })

  const read = async (path: string): Promise<Printed> => {
    const answer = await fetch(url + path, { headers: { Authorization: `Bearer ${adminKey}` } })
    return (await answer.json()) as Printed
  }

  it('saveInventoryLotRecord, and again by the id of what was saved', async () => {
    const { code, stdout, stderr } = await runScript(interpreter, 'programs/save_a_lot_record.py', url)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [saved, updated] = printed(stdout)
    expect(saved).toMatchObject({ lotRecordType: 'CONSUME', lotStatus: 'AVAILABLE', posted: false, version: 1 })
    expect(updated).toMatchObject({ id: saved?.['id'], lotStatus: 'OPEN', posted: false, version: 2 })
    expect(await read(`/v1/lot-records/${String(saved?.['id'])}`)).toEqual(updated)
  })

  it('changeStatus', async () => {
    const { code, stdout, stderr } = await runScript(interpreter, 'programs/change_a_status.py', url)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(printed(stdout)).toMatchObject([{ lotStatus: 'AVAILABLE', previousStatus: 'QA_HOLD', posted: true }])
    expect(await read('/v1/lots/01JJCQEJYG-E31FHVTF-JB6WEJTC')).toMatchObject({ status: 'AVAILABLE' })
  })
})

describe('a script', () => {
  it('that imports the client needs no runner', async () => {
    const url = await startServer()
    const script = 'from lotbook_client import system; print(system.mes.inventory.newLot())'
    const { code, stdout } = await runInterpreter('python3', ['-c', script], url)
    expect(code).toBe(0)
    expect(printed(stdout)).toMatchObject([{ status: 'OPEN' }])
  })

  it('that is refused ends with the reason', async () => {
    const url = await startServer()
    const script = 'from lotbook_client import system; system.mes.inventory.consume(quantity=-1)'
    const { code, stderr } = await runInterpreter('python3', ['-c', script], url)
    expect(code).toBe(1)
    expect(stderr).toContain('lotbook_client.ValidationFailed: 422 Fields break a rule: ')
    expect(stderr).not.toContain(adminKey)
  })

  it('has to be named', async () => {
    const { code, stderr } = await runInterpreter('python3', ['lotbook_client.py'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'usage: python3 lotbook_client.py script.py ...\n' })
  })
})
