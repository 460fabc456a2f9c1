import { showUlid } from '../identifiers/ulid.ts'
import { showInstant } from '../time/instant.ts'
import type { RecordAhead } from './recall-questions.ts'
import type { RecallLot, RecallView } from './recall-view.ts'

const shown = 5

const named = <A>(lots: readonly A[], say: (lot: A) => string): string => {
  const said = lots.slice(0, shown).map(say)
  return lots.length > shown ? `${said.join('; ')}; and ${lots.length - shown} more` : said.join('; ')
}

const lotsOf = (count: number): string => (count === 1 ? '1 lot' : `${count} lots`)

const differences = ({
  lotName,
  unexplained,
  entriesUnexplained,
  totalUnexplained,
  unitOfMeasureSymbol,
}: RecallLot): string => {
  const said = [
    ...(unexplained === 0 ? [] : [`${unexplained} ${unitOfMeasureSymbol} by its records`]),
    ...((entriesUnexplained ?? 0) === 0 ? [] : [`${entriesUnexplained} ${unitOfMeasureSymbol} by its stock entries`]),
    ...((totalUnexplained ?? 0) === 0 ? [] : [`${totalUnexplained} ${unitOfMeasureSymbol} of its total`]),
  ]
  return `${lotName}: ${said.join(', ')}`
}

/** A record that is dated later than the recall, and the lot whose stock it changes then. */
export interface DatedAhead {
  readonly lotName: string
  readonly record: RecordAhead
}

const saidOf = ({ lotName, record: { id, lotRecordType, effectiveDate } }: DatedAhead): string =>
  `${lotName}: ${lotRecordType} ${showUlid(id)} of ${showInstant(effectiveDate)}`

/** What whoever reads a recall must know, the most urgent first. */
export const warningsOf = (
  recall: Omit<RecallView, 'warnings'>,
  ahead: readonly DatedAhead[] = [],
): readonly string[] => {
  const { lots, truncated, complete, asOf, sharesLeftOut } = recall
  const unbalanced = lots.filter(
    ({ unexplained, entriesUnexplained, totalUnexplained }) =>
      unexplained !== 0 || (entriesUnexplained ?? 0) !== 0 || (totalUnexplained ?? 0) !== 0,
  )
  const free = lots.filter(({ onHand, status, stock }) => status !== 'QA_HOLD' && (onHand !== 0 || stock.length > 0))
  const nowhere = lots.filter(({ shipments }) => shipments.some(({ to }) => to === null))
  const unshared = sharesLeftOut === null ? lots.filter(({ share }) => share === null) : []
  return [
    ...(truncated
      ? [
          `INCOMPLETE: more lots are affected than the ${lots.length} that are listed. Nothing that is missing here is safe. Ask again with a greater limit`,
        ]
      : complete
        ? []
        : ['INCOMPLETE: some affected lots are no longer in the ledger. Run verify']),
    ...(asOf === null
      ? []
      : [
          `Only what was effective up to ${asOf} is in it, with the status and stock of then: what came later may be affected too`,
        ]),
    ...(unbalanced.length === 0
      ? []
      : [
          `${lotsOf(unbalanced.length)} ${unbalanced.length === 1 ? 'does' : 'do'} not add up: ${named(unbalanced, differences)}. Something is missing, or was changed behind the ledger's back: run verify`,
        ]),
    ...(ahead.length === 0
      ? []
      : [
          `Dated ahead, and not counted in it: ${named(ahead, saidOf)}. What would leave lies there until then: reverse the record to hold it`,
        ]),
    ...(free.length === 0 ? [] : [`${lotsOf(free.length)} with stock not on QA_HOLD`]),
    ...(nowhere.length === 0
      ? []
      : [`Shipped, and the record does not say to whom: ${named(nowhere, ({ lotName }) => lotName)}`]),
    ...(unshared.length === 0
      ? []
      : [`Affected, and by how much cannot be told: ${named(unshared, ({ lotName }) => lotName)}`]),
  ]
}
