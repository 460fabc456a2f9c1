import { Effect, Result } from 'effect'
import { IdTaken } from '../identifiers/id-taken.ts'
import type { FieldChange, Known, Outcome, Wider } from '../known.ts'
import type { Sha256 } from '../ledger/chain.ts'
import type { Policy } from '../lot/lot-status.ts'
import { IdempotencyKeyReused, type Refusal } from '../refusals.ts'
import type { Scope } from '../scope.ts'
import type { ChangeOptions, ImportStep, Receipt, Store } from '../store.ts'
import { runWalk } from '../trace/questions.ts'
import { jsonBytesOf } from '../views/json-of.ts'
import { type Dump, dump } from './memory/dump.ts'
import { findInventory } from './memory/find-inventory.ts'
import { findLots } from './memory/find-lots.ts'
import {
  findLocations,
  findMaterials,
  findReasonCodes,
  findUnitConversions,
  findUnits,
} from './memory/find-master-data.ts'
import { findRecords, showRecord, showVersion } from './memory/find-records.ts'
import { makeImports } from './memory/imports.ts'
import { load } from './memory/load.ts'
import { overwrites } from './memory/overwrites.ts'
import { save } from './memory/save.ts'
import { searchLots } from './memory/search-lots.ts'
import { emptyTables, headOf, type Tables } from './memory/tables.ts'
import { traceAnswers } from './memory/trace-answers.ts'
import { verify } from './memory/verify.ts'

/** A store in memory, with windows that only tests look through. */
export interface MemoryStore extends Store {
  /** The change table, oldest first. */
  readonly changes: () => readonly FieldChange[]
  /** Everything that is stored, as plain JSON. Two dumps are equal exactly when nothing was written in between. */
  readonly dump: () => Dump
}

const receiptKey = ({ scope, key }: Receipt): string => JSON.stringify([scope, key])

/**
 * Makes an empty store in memory. A change is one step that nothing comes between, so all that is promised of
 * transactions holds. Kept answers never expire: there is no clock here.
 */
export const makeMemoryStore = (options: { readonly sha256: Sha256; readonly policy?: Policy }): MemoryStore => {
  const { sha256, policy = 'standard' } = options
  let tables: Tables = emptyTables(policy)
  const imports = makeImports()
  const listeners = new Set<() => void>()

  const keptAnswer = (receipt: Receipt): Result.Result<unknown, IdempotencyKeyReused> | undefined => {
    const kept = tables.keptAnswers.get(receiptKey(receipt))
    if (kept === undefined) return undefined
    if (kept.fingerprint !== receipt.fingerprint) return Result.fail(new IdempotencyKeyReused({ key: receipt.key }))
    receipt.onReplay()
    return Result.succeed(JSON.parse(kept.answer))
  }

  const keep = (next: Tables, receipt: Receipt, answer: unknown): Tables => {
    const { fingerprint, expires } = receipt
    const kept = { fingerprint, answer: JSON.stringify(answer ?? null), expires }
    return { ...next, keptAnswers: new Map(next.keptAnswers).set(receiptKey(receipt), kept) }
  }

  const changeNow = <A>(
    scope: Scope,
    decide: (known: Known) => Result.Result<Outcome<A>, Refusal> | Wider,
    { dryRun = false, receipt, step }: ChangeOptions & { readonly step?: ImportStep<A> | undefined },
  ): Result.Result<A, Refusal> => {
    const passed = step && imports.whyPassed(step)
    if (passed !== undefined) return passed
    const before = dryRun || receipt === undefined ? undefined : keptAnswer(receipt)
    if (before !== undefined) return before as Result.Result<A, IdempotencyKeyReused>
    let loaded = load(tables, scope)
    let decided = decide(loaded)
    while ('wider' in decided) {
      loaded = load(tables, decided.wider)
      decided = decide(loaded)
    }
    if (Result.isFailure(decided)) {
      if (step !== undefined) imports.refused(step, decided.failure)
      return Result.fail(decided.failure)
    }
    const outcome = decided.success
    if (overwrites(tables, loaded, outcome)) return Result.fail(new IdTaken().refusal)
    const next = save(tables, outcome, sha256)
    const last = tables.versions.length
    const answer = outcome.answer(outcome.versions.map((_, index) => (dryRun ? null : last + index + 1)))
    // Only here does anything become true: what threw or was refused above has left nothing behind.
    if (!dryRun) {
      tables = receipt === undefined ? next : keep(next, receipt, answer)
      for (const listener of listeners) listener()
    }
    if (step !== undefined) imports.decided(step, step.saves(answer) ? 'saved' : 'alreadyThere')
    return Result.succeed(answer)
  }

  const read = <A>(look: (now: Tables) => A): Effect.Effect<A> => Effect.sync(() => look(tables))
  const find = <A, E>(look: (now: Tables) => Result.Result<A, E>): Effect.Effect<A, E> =>
    Effect.suspend(() => Effect.fromResult(look(tables)))

  return {
    change: (scope, decide, how = {}) => Effect.suspend(() => Effect.fromResult(changeNow(scope, decide, how))),
    view: (scope, look) => read((now) => look(load(now, scope))),
    beginImport: (key) => Effect.suspend(() => Effect.fromResult(imports.begin(key))),
    reportImport: (run, finished) => Effect.sync(() => imports.report(run, finished)),
    policy: () => read((now) => now.policy),
    setPolicy: (next, actor, now) =>
      Effect.sync(() => {
        const change: FieldChange = {
          entity: 'setting',
          entityId: 'policy',
          field: 'policy',
          from: tables.policy,
          to: next,
          changedDate: now,
          changedBy: actor,
        }
        tables = { ...tables, policy: next, changes: [...tables.changes, { sequence: tables.versions.length, change }] }
      }),
    findLots: (query) => find((now) => findLots(now, query)),
    searchLots: (search) => read((now) => searchLots(now, search)),
    findRecords: (query) => find((now) => findRecords(now, query)),
    findRecordsJson: (query) => find((now) => Result.map(findRecords(now, query), jsonBytesOf)),
    findInventory: (query) => find((now) => findInventory(now, query)),
    recordById: (id) =>
      read((now) => {
        const history = now.records.get(id)
        return history === undefined ? undefined : showRecord(now, history)
      }),
    recordVersions: (id) =>
      read((now) => (now.records.get(id)?.versions ?? []).map((written) => showVersion(now, written))),
    trace: (walk) => read((now) => runWalk(walk(), traceAnswers(now))),
    versionsAfter: (sequence, limit) =>
      read((now) => now.versions.slice(sequence, sequence + limit).map((written) => showVersion(now, written))),
    watch: (listener) => {
      // Each has a function of its own, so that one that watches twice is told twice.
      const told = () => listener()
      listeners.add(told)
      return () => {
        listeners.delete(told)
      }
    },
    findUnits: (page) => find((now) => findUnits(now, page)),
    findUnitConversions: (page) => find((now) => findUnitConversions(now, page)),
    findMaterials: (page) => find((now) => findMaterials(now, page)),
    findLocations: (page) => find((now) => findLocations(now, page)),
    findReasonCodes: (page) => find((now) => findReasonCodes(now, page)),
    checkpoint: () => read((now) => ({ count: now.versions.length, head: headOf(now) })),
    lastChange: () => read((now) => now.changes.length),
    verify: (against) => read((now) => verify(now, sha256, against)),
    changes: () => tables.changes.map(({ change }) => change),
    dump: () => dump(tables),
  }
}
