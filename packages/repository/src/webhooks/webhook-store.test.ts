import { makeUlidSource, makeWebhooks, readUlid, type Ulid, type Webhook } from '@lotbook/domain'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ada, done, makePlant, newFile, open, refused } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { querySqlite } from '../../test/under-test.ts'

const now = Date.UTC(2026, 10, 23, 8)
const url = 'https://hooks.example/a'

const engines = [
  { engine: 'SQLite', place: async () => newFile(), query: querySqlite },
  { engine: 'PostgreSQL', place: newPostgres, query: queryPostgres },
] as const

describe.each(engines)('webhooks on $engine', ({ place, query }) => {
  /** Two stores on one database, as two processes have them. Three versions are written. */
  const stage = async () => {
    const filename = await place()
    const [one, other] = [await open({ filename }), await open({ filename })]
    const plant = await makePlant(one.store)
    const lot = await plant.lot('A')
    await plant.receive(lot, 5)
    await plant.consume(lot, 1)
    const [here, there] = [one, other].map(({ webhooks }) =>
      makeWebhooks({ webhooks, now: () => now, newUlid: makeUlidSource() }),
    ) as [ReturnType<typeof makeWebhooks>, ReturnType<typeof makeWebhooks>]
    const make = async (request: object = {}) => done(here.saveWebhook({ url, ...request }, ada))
    const held = async (id: string): Promise<Webhook> => {
      const found = (await done(other.webhooks.all())).webhooks.find((webhook) => webhook.id === readUlid(id))
      if (found === undefined) throw new Error('it is there')
      return found
    }
    const log = async () =>
      (await query(filename, "select * from change_log where entity = 'webhook' order by id")).map((row) => {
        const { id: _, entity: __, changed_at: at, changed_by: by, ...change } = row as Record<string, unknown>
        expect([Number(at), by]).toEqual([now, 'ada'])
        return [
          change['entity_id'],
          change['field'],
          change['from_value'],
          change['to_value'],
          Number(change['sequence']),
        ]
      })
    return { filename, one, other, here, there, make, held, log, plant, lot }
  }

  it('are kept as they were saved, and another process sees them in the order of their making', async () => {
    const { make, here, there, held } = await stage()
    const { secret, ...first } = await make({ description: 'ERP “ü”', lotRecordTypes: ['MOVE', 'SCRAP'], after: 1 })
    const { secret: _, ...second } = await make({ enabled: false })
    expect(first).toMatchObject({ position: 1, pending: 2, lotRecordTypes: ['MOVE', 'SCRAP'], version: 1 })
    expect(second).toMatchObject({ position: 3, pending: 0, lotRecordTypes: null, description: null, enabled: false })
    expect(await done(there.findWebhooks(ada))).toEqual({ items: [first, second], next: null })
    expect(await done(there.getWebhook(second.id, ada))).toEqual(second)
    expect((await held(first.id)).secret).toBe(secret)
    await done(there.deleteWebhook(first.id, ada))
    expect(await done(here.findWebhooks(ada))).toEqual({ items: [second], next: null })
    expect(await refused(here.getWebhook(first.id, ada))).toMatchObject({ _tag: 'NotFound', kind: 'webhook' })
  })

  it('are changed field by field, keep their secret, and are refused by an old version', async () => {
    const { make, there, held } = await stage()
    const { id, secret } = await make({ description: 'ERP', lotRecordTypes: ['MOVE'] })
    const changed = await done(there.saveWebhook({ id, lotRecordTypes: [], after: 0 }, { ...ada, expectedVersion: 1 }))
    expect(changed).toMatchObject({
      url,
      description: 'ERP',
      lotRecordTypes: null,
      position: 0,
      pending: 3,
      version: 2,
    })
    expect(changed).not.toHaveProperty('secret')
    const before = await held(id)
    expect(before.secret).toBe(secret)
    const stale = { ...ada, expectedVersion: 1 }
    expect(await refused(there.saveWebhook({ id, enabled: false }, stale))).toMatchObject({ _tag: 'VersionConflict' })
    expect(await refused(there.deleteWebhook(id, stale))).toMatchObject({ _tag: 'VersionConflict' })
    expect(await held(id)).toEqual(before)
  })

  it('leave a row for each field that was changed: who, when, from and to', async () => {
    const { make, here, log, plant, lot } = await stage()
    const { id } = await make({ description: 'ERP', lotRecordTypes: ['MOVE', 'SCRAP'] })
    const made = [
      [id, 'url', 'null', `"${url}"`, 3],
      [id, 'description', 'null', '"ERP"', 3],
      [id, 'lotRecordTypes', 'null', '"MOVE SCRAP"', 3],
      [id, 'enabled', 'null', 'true', 3],
    ]
    expect(await log()).toEqual(made)
    await plant.receive(lot, 1)
    await done(here.saveWebhook({ id, enabled: false, url, after: 1 }, ada))
    const changed = [
      [id, 'enabled', 'true', 'false', 4],
      [id, 'position', '3', '1', 4],
    ]
    expect(await log()).toEqual([...made, ...changed])
    await refused(here.saveWebhook({ id, url: 'nowhere', enabled: true }, ada))
    await refused(here.deleteWebhook(id, { ...ada, expectedVersion: 1 }))
    // Nobody can read who that would have been.
    const nobody = { ...ada, actor: 'a\0' }
    for (const unsigned of [here.saveWebhook({ id, enabled: true }, nobody), here.deleteWebhook(id, nobody)])
      expect(await refused(unsigned)).toMatchObject({
        _tag: 'ValidationFailed',
        violations: { actor: [expect.any(String)] },
      })
    expect(await log()).toEqual([...made, ...changed])
    await done(here.deleteWebhook(id, ada))
    const removed = [
      [id, 'url', `"${url}"`, 'null', 4],
      [id, 'description', '"ERP"', 'null', 4],
      [id, 'lotRecordTypes', '"MOVE SCRAP"', 'null', 4],
      [id, 'enabled', 'false', 'null', 4],
    ]
    expect(await log()).toEqual([...made, ...changed, ...removed])
  })

  it('are changed one after another, however many processes change them at once', async () => {
    const { make, here, there, held, log } = await stage()
    const { id } = await make()
    const before = (await log()).length
    const saving = [here, there].flatMap((webhooks, process) =>
      Array.from({ length: 10 }, (_, turn) =>
        done(webhooks.saveWebhook({ id, description: `${process}.${turn}` }, ada)),
      ),
    )
    const versions = (await Promise.all(saving)).map(({ version }) => version)
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2))
    expect((await held(id)).version).toBe(21)
    const changes = (await log()).slice(before)
    // Each was made upon the one before it.
    expect(changes.slice(1).map(([, , from]) => from)).toEqual(changes.slice(0, -1).map(([, , , to]) => to))
  })

  it('happen once with a receipt, in whichever process; what is kept has no secret', async () => {
    const { here, there, log, filename } = await stage()
    let replays = 0
    const receipt = {
      ...{ scope: 'ada POST /v1/webhooks', key: 'once', fingerprint: 'a', now, expires: now + 10 },
      onReplay: () => {
        replays += 1
      },
    }
    const saving = [here, there, here, there].map((webhooks) =>
      done(webhooks.saveWebhook({ url }, { ...ada, receipt })),
    )
    const made = await Promise.all(saving)
    const secrets = made.flatMap(({ secret }) => secret ?? [])
    expect([new Set(made.map(({ id }) => id)).size, secrets.length, replays]).toEqual([1, 1, 3])
    expect((await done(here.findWebhooks(ada))).items).toHaveLength(1)
    expect(JSON.stringify(await query(filename, 'select * from receipt'))).not.toContain(secrets[0])
    const rows = (await log()).length
    const other = { ...ada, receipt: { ...receipt, fingerprint: 'b' } }
    expect(await refused(there.saveWebhook({ url }, other))).toMatchObject({ _tag: 'IdempotencyKeyReused' })
    expect((await log()).length).toBe(rows)
    const later = { ...ada, receipt: { ...receipt, now: now + 11, expires: now + 20 } }
    await done(there.saveWebhook({ url }, later))
    expect((await done(here.findWebhooks(ada))).items).toHaveLength(1)
  })

  it('keep their progress, which belongs to whoever may deliver and to the version it was read with', async () => {
    const { make, one, other, held, log } = await stage()
    const { id } = await make({ after: 0 })
    const before = await held(id)
    const progress = {
      ...{ position: 1, deliveredDate: now + 1, failures: 3, failingSince: now + 2 },
      ...{ lastError: 'the answer was 500', nextAttempt: now + 3 },
    }
    const note = (owner: string, webhook: Pick<Webhook, 'id' | 'version'> = before) =>
      done(one.webhooks.progress(webhook, owner, progress))
    const rows = (await log()).length
    expect(await note('nobody')).toBe(false)
    await done(one.webhooks.lease('one', now))
    expect(await note('other')).toBe(false)
    expect(await note('one', { id, version: 2 } as { id: Ulid; version: number })).toBe(false)
    expect(await held(id)).toEqual(before)
    expect(await note('one')).toBe(true)
    expect(await held(id)).toEqual({ ...before, ...progress })
    expect((await log()).length).toBe(rows)
    await done(other.webhooks.release('one'))
    expect(await note('one')).toBe(true)
    await done(other.webhooks.lease('other', now))
    expect(await note('one')).toBe(false)
  })

  it('wake who watches in another process each time one is saved or deleted', async () => {
    const { here, other, make } = await stage()
    let told = 0
    onTestFinished(other.store.watch(() => (told += 1)))
    const { id } = await make()
    await expect.poll(() => told).toBeGreaterThan(0)
    for (const description of ['a', 'b']) {
      const before = told
      await done(here.saveWebhook({ id, description }, ada))
      await expect.poll(() => told).toBeGreaterThan(before)
    }
    const before = told
    await done(here.deleteWebhook(id, ada))
    await expect.poll(() => told).toBeGreaterThan(before)
  })

  it('are delivered by one process at a time', async () => {
    const { one, other } = await stage()
    expect(await done(one.webhooks.lease('one', now))).toEqual({ owner: 'one', beat: now })
    // Whatever the clock of the other says.
    for (const beat of [now - 3_600_000, now, now + 3_600_000])
      expect(await done(other.webhooks.lease('other', beat))).toEqual({ owner: 'one', beat: now })
    // What is not its own, nobody gives back.
    await done(other.webhooks.release('other'))
    expect(await done(other.webhooks.lease('other', now))).toEqual({ owner: 'one', beat: now })
    await done(one.webhooks.release('one'))
    expect(await done(other.webhooks.lease('other', now))).toEqual({ owner: 'other', beat: now })
    expect(await done(one.webhooks.lease('one', now))).toEqual({ owner: 'other', beat: now })
  })

  it('are kept with another beat each time, and taken over only from the very beat that was seen', async () => {
    const { one, other } = await stage()
    const seen = await done(one.webhooks.lease('one', now))
    // A clock that stands, one that is set back, and one that goes on.
    const beats = [now + 1, now + 2, now + 10]
    for (const [index, given] of [now, now - 500, now + 10].entries())
      expect(await done(one.webhooks.lease('one', given))).toEqual({ owner: 'one', beat: beats[index] })
    const held = { owner: 'one', beat: now + 10 }
    for (const over of [seen, { owner: 'another', beat: now + 10 }])
      expect(await done(other.webhooks.lease('other', now, over))).toEqual(held)
    expect(await done(other.webhooks.lease('other', now, held))).toEqual({ owner: 'other', beat: now })
    // Once it is taken, whoever saw the same comes too late.
    expect(await done(one.webhooks.lease('a third', now, held))).toEqual({ owner: 'other', beat: now })
  })

  it('are one process’s, of many that ask at the same time', async () => {
    const { one, other } = await stage()
    const asked = Array.from({ length: 20 }, (_, index) =>
      done((index % 2 === 0 ? one : other).webhooks.lease(`process ${index}`, now)),
    )
    const owners = (await Promise.all(asked)).map(({ owner }) => owner)
    expect(new Set(owners).size).toBe(1)
  })
})
