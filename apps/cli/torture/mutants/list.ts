/** A fault that is planted: in this file, this text becomes that. */
export interface Mutant {
  /** What goes wrong with it, for people. */
  readonly what: string
  /** From the root of the repository. */
  readonly file: string
  /** Stands exactly once in the file. */
  readonly from: string
  readonly to: string
  /** The tests that look at it, as Vitest filters them: a project, and parts of paths. */
  readonly tests: readonly [project: 'domain' | 'repository', ...paths: string[]]
}

const domain = 'packages/domain/src'
const repository = 'packages/repository/src'

/** Faults in the domain and in the repository, each of a kind that somebody could make. */
export const mutants: readonly Mutant[] = [
  {
    what: 'a row may go one millionth below zero',
    file: `${domain}/lot-record/stock-rules.ts`,
    from: 'entry.effectiveDate && balance < 0',
    to: 'entry.effectiveDate && balance < -1',
    tests: ['domain', 'src/lot-record', 'src/actions/movements', 'src/actions/save-inventory-lot-record'],
  },
  {
    what: 'a count of the same moment is not seen',
    file: `${domain}/lot-record/stock-rules.ts`,
    from: 'count.sequence > sequence',
    to: 'count.sequence < sequence',
    tests: ['domain', 'src/lot-record', 'src/testing/random-histories'],
  },
  {
    what: 'an entry that is dated back is put behind the later ones',
    file: `${domain}/lot-record/apply.ts`,
    from: 'entries.toSpliced(at, 0, entry)',
    to: '[...entries, entry]',
    tests: ['domain', 'src/lot-record', 'src/testing/random-histories', 'src/testing/memory-store'],
  },
  {
    what: 'what is taken back stays open',
    file: `${domain}/lot-record/apply.ts`,
    from: 'open: item.open - takenBackFrom(takesBack, item.record.id)',
    to: 'open: item.open',
    tests: [
      'domain',
      'src/actions/execute-inventory-actions',
      'src/testing/memory-store',
      'src/actions/actions-undone',
    ],
  },
  {
    what: 'an expired lot on hold is released',
    file: `${domain}/lot/lot-status.ts`,
    from: "QA_HOLD: row('no', 'not-expired',",
    to: "QA_HOLD: row('no', 'yes',",
    tests: ['domain', 'src/actions/change-status', 'src/actions/action-status-policy'],
  },
  {
    what: 'a shipped lot becomes available without a reversal',
    file: `${domain}/lot/lot-status.ts`,
    from: "SHIPPED: row('no', 'reversal',",
    to: "SHIPPED: row('no', 'yes',",
    tests: ['domain', 'src/actions/change-status', 'src/actions/action-status-policy'],
  },
  {
    what: 'held stock becomes usable in another lot',
    file: `${domain}/lot-record/held-stock.ts`,
    from: 'if (willBeHeld === 2) return undefined',
    to: 'if (willBeHeld !== 2) return undefined',
    tests: ['domain', 'src/guards', 'src/lot-record/held-stock'],
  },
  {
    what: 'stock that is on hold goes into a lot that is OPEN',
    file: `${domain}/lot-record/held-stock.ts`,
    from: 'held(status) > willBeHeld',
    to: 'willBeHeld === 0',
    tests: ['domain', 'src/lot-record/held-stock'],
  },
  {
    what: 'a hold is taken back though somebody confirmed it',
    file: `${domain}/lot-record/reversal.ts`,
    from: '? laterConfirmations',
    to: '? []',
    tests: ['domain', 'src/lot-record/hold-confirmed'],
  },
  {
    what: 'a date given by hand outlives the re-test before it',
    file: `${domain}/lot-record/reversal.ts`,
    from: 'if (putsDateBack(own)) effect',
    to: 'if (own.total > 0) effect',
    tests: ['domain', 'src/lot-record/re-test-undone'],
  },
  {
    what: 'expired stock is not held',
    file: `${domain}/lot-record/held-stock.ts`,
    from: "status !== 'SHIPPED' && status !== 'CLOSED' && !isUsable(status, policy)",
    to: "status === 'QA_HOLD'",
    tests: ['domain', 'src/guards', 'src/lot-record/held-stock'],
  },
  {
    what: 'a release that was taken back lets stock of the lot go',
    file: `${domain}/lot-record/held-stock.ts`,
    from: 'return left !== status || changesSince',
    to: 'return changesSince',
    tests: ['domain', 'src/lot-record/held-stock'],
  },
  {
    what: 'what was given back to a lot that is held since is consumed again',
    file: `${domain}/lot-record/held-stock.ts`,
    from: "if (record.lotRecordType === 'UNCONSUME') return whatIsConsumedAgain(flow)",
    to: '',
    tests: ['domain', 'src/lot-record/consumed-again'],
  },
  {
    what: 'of lots that expire on one day the oldest does not come first',
    file: `${domain}/lot/choose-lots.ts`,
    from: 'byExpiry(a, b) || byAge(a, b)',
    to: 'byExpiry(a, b)',
    tests: ['domain', 'src/lot/choose-lots'],
  },
  {
    what: 'a disabled lot is chosen',
    file: `${domain}/lot/choose-lots.ts`,
    from: ' && lot.enabled && ',
    to: ' && ',
    tests: ['domain', 'src/lot/choose-lots', 'src/actions/movements', 'src/actions/lot-actions'],
  },
  {
    what: 'minus zero is a quantity of its own',
    file: `${domain}/quantity/quantity.ts`,
    from: '? millionths + 0 : undefined',
    to: '? millionths : undefined',
    tests: ['domain', 'src/quantity'],
  },
  {
    what: 'the hash of a version does not hold the one before it',
    file: `${domain}/ledger/chain.ts`,
    from: `sha256(\`\${sequence}\\n\${before}\\n`,
    to: `sha256(\`\${sequence}\\n`,
    tests: ['domain', 'src/ledger'],
  },
  {
    what: 'a place that is exactly full is too full',
    file: `${domain}/lot-record/storage.ts`,
    from: 'sum[0] <= BigInt(storageCapacity)',
    to: 'sum[0] < BigInt(storageCapacity)',
    tests: ['domain', 'src/lot-record/storage'],
  },
  {
    what: 'a permission covers every other that begins with its letters',
    file: `${domain}/permissions.ts`,
    from: "(asked.length === grant.length || asked[grant.length] === '.')",
    to: 'true',
    tests: ['domain', 'src/permissions'],
  },
  {
    what: 'more is taken back than was consumed',
    file: `${domain}/lot-record/take-back.ts`,
    from: 'if (missing === 0) return',
    to: 'if (missing >= 0) return',
    tests: ['domain', 'src/lot-record/take-back', 'src/actions/movements'],
  },
  {
    what: 'a kept answer is given for another request',
    file: `${repository}/receipts.ts`,
    from: 'kept.fingerprint !== receipt.fingerprint',
    to: 'kept.fingerprint === undefined',
    tests: ['repository', 'src/receipts'],
  },
  {
    what: 'a dry run is not taken back',
    file: `${repository}/change.ts`,
    from: '        yield* execute(takeBack)\n',
    to: '',
    tests: ['repository', 'src/receipts', 'src/change'],
  },
  {
    what: 'a change that is not kept leaves what it wrote',
    file: `${repository}/group.ts`,
    from: 'ended.wrote !== false',
    to: 'head === undefined',
    tests: ['repository', 'src/sqlite/writer', 'src/receipts', 'src/change'],
  },
  {
    what: 'a lock that another process holds is not waited for',
    file: `${repository}/sqlite/writer.ts`,
    from: 'if (!isBusy(error)) return false',
    to: 'if (isBusy(error)) return false',
    tests: ['repository', 'src/sqlite/writer'],
  },
  {
    what: 'a key may be used in the moment in which it expires',
    file: `${repository}/keys/key-store.ts`,
    from: 'row.expires_at <= now',
    to: 'row.expires_at < now',
    tests: ['repository', 'src/keys'],
  },
  {
    what: 'a key that was revoked may be used',
    file: `${repository}/keys/key-store.ts`,
    from: "if (row.revoked_at !== null) return 'revoked'",
    to: '',
    tests: ['repository', 'src/keys'],
  },
  {
    what: 'a writing time is not later than the one before',
    file: `${repository}/save/save-versions.ts`,
    from: 'Math.max(before.knownAt, version.writtenDate)',
    to: 'version.writtenDate',
    tests: ['repository', 'src/migrations/0003', 'src/same-as-memory', 'src/contract.test'],
  },
]
