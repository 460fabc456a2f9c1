import type { Checkpoint, Known, Policy, Scope, Sha256, Store } from '@lotbook/domain'
import { Effect, Result } from 'effect'
import { makeChange } from './change.ts'
import type { Dialect } from './dialect.ts'
import type { Engine } from './engine.ts'
import { makeFindInventory } from './find/find-inventory.ts'
import { makeFindLots } from './find/find-lots.ts'
import { makeFindLocations, makeFindMaterials, makeFindReasonCodes, makeFindUnits } from './find/find-master-data.ts'
import { makeFindRecordTexts } from './find/find-record-texts.ts'
import { makeFindRecords } from './find/find-records.ts'
import { makeFindUnitConversions } from './find/find-unit-conversions.ts'
import { makeMoments } from './find/moment.ts'
import { makeRecordRows } from './find/record-rows.ts'
import { makeRecordVersions } from './find/record-versions.ts'
import { makeResolve } from './find/resolve.ts'
import { makeSearchLots } from './find/search-lots.ts'
import { makeImports } from './imports.ts'
import { makeLedgerHead } from './ledger-head.ts'
import { makeLoadScope } from './load/load-scope.ts'
import { execute, first, type Program } from './program.ts'
import { makeChangeLog } from './save/change-log.ts'
import { statement } from './statement.ts'
import { makeAnswerWalk } from './trace/answer-walk.ts'
import { makeVerify } from './verify/verify-ledger.ts'

/** Makes the store of the domain over an engine. All of it is the same for every kind of database. */
export const makeStore = (dialect: Dialect, engine: Engine, sha256: Sha256): Store => {
  const { db } = dialect
  const { read, write } = engine
  const { readHead } = makeLedgerHead(dialect)
  const resolve = makeResolve(db)
  const answerWalk = makeAnswerWalk(dialect, resolve)
  const loadScope = makeLoadScope(dialect, answerWalk)
  const change = makeChange(dialect, sha256, loadScope)
  const changeRow = makeChangeLog(db)
  const moments = makeMoments(dialect)
  const findLots = makeFindLots(dialect, resolve, moments)
  const searchLots = makeSearchLots(dialect)
  const recordRows = makeRecordRows(dialect, resolve, moments)
  const records = makeFindRecords(dialect, recordRows)
  const { isKept, keptPage, makePage } = makeFindRecordTexts(dialect, recordRows, records)
  const findInventory = makeFindInventory(dialect, resolve, moments)
  const { recordVersions, versionsAfter } = makeRecordVersions(db)
  const findUnits = makeFindUnits(db)
  const findUnitConversions = makeFindUnitConversions(db)
  const findMaterials = makeFindMaterials(db)
  const findLocations = makeFindLocations(db)
  const findReasonCodes = makeFindReasonCodes(db)
  const verify = makeVerify(dialect, sha256)
  const imports = makeImports(db)

  function* lookAt<A>(scope: Scope, look: (known: Known) => A): Program<A> {
    return look(yield* loadScope(scope, yield* readHead()))
  }
  function* checkpoint(): Program<Checkpoint> {
    const { count, head } = yield* readHead()
    return { count, head }
  }
  const newestChange = statement(() => db.selectFrom('change_log').select(({ fn }) => fn.max('id').as('id')))
  function* lastChange(): Program<number> {
    return (yield* first(newestChange({})))?.id ?? 0
  }
  function* policyNow(): Program<Policy> {
    return (yield* readHead()).policy
  }
  const found = <A, E>(program: () => Program<Result.Result<A, E>>) =>
    Effect.flatMap(read(program), (result) => Effect.fromResult(result))

  return {
    change: (scope, decide, options = {}) =>
      // A dry run is taken back, and a row of an import looks at the row before it: each is done by itself.
      write((head) => change(head, scope, decide, options), {
        readsAhead:
          options.dryRun === true || options.step !== undefined ? undefined : { scope, receipt: options.receipt },
      }),
    view: (scope, look) => read(() => lookAt(scope, look)),
    beginImport: (key, now) =>
      write(function* (head) {
        const begun = yield* imports.beginImport(key, now)
        const answer = Effect.fromResult(begun)
        return Result.isFailure(begun) ? { keep: false, wrote: false, head, answer } : { keep: true, head, answer }
      }),
    reportImport: (run, finished) =>
      write(function* (head) {
        return { keep: true, head, answer: Effect.succeed(yield* imports.reportImport(run, finished)) }
      }),
    policy: () => read(policyNow),
    setPolicy: (policy, actor, now) =>
      write(function* (head) {
        const said = { entity: 'setting', entityId: 'policy', field: 'policy', from: head.policy, to: policy } as const
        yield* execute(changeRow({ ...said, changedDate: now, changedBy: actor }, head.count))
        return { keep: true, head: { ...head, policy }, answer: Effect.void }
      }),
    findLots: (query) => found(() => findLots(query)),
    searchLots: (search) => read(() => searchLots(search)),
    findRecords: (query) => found(() => records.findRecords(query)),
    findRecordsJson: (query) =>
      Effect.flatMap(isKept(query) ? engine.readTogether(() => keptPage(query)) : Effect.succeed(undefined), (page) =>
        page === undefined ? found(() => makePage(query)) : Effect.succeed(page),
      ),
    findInventory: (query) => found(() => findInventory(query)),
    recordById: (id) => read(() => records.recordById(id)),
    recordVersions: (id) => read(() => recordVersions(id)),
    versionsAfter: (sequence, limit) => read(() => versionsAfter(sequence, limit)),
    watch: engine.watch,
    findUnits: (page) => found(() => findUnits(page)),
    findUnitConversions: (page) => found(() => findUnitConversions(page)),
    findMaterials: (page) => found(() => findMaterials(page)),
    findLocations: (page) => found(() => findLocations(page)),
    findReasonCodes: (page) => found(() => findReasonCodes(page)),
    trace: (walk) => engine.readAtLength(() => answerWalk(walk())),
    checkpoint: () => read(checkpoint),
    lastChange: () => read(lastChange),
    verify: (against) => engine.readAtLength(() => verify(against)),
  }
}
