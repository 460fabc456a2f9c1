import {
  lotRecordTypeRules,
  lotRecordTypes,
  lotStatuses,
  lotStatusTransitions,
  recordStatuses,
  recordStatusMoves,
  statusesThatAllow,
  type TransitionRule,
} from '@lotbook/domain'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const words: Readonly<Record<TransitionRule, string>> = {
  same: '=',
  yes: 'yes',
  no: 'no',
  empty: 'with nothing on hand',
  'not-expired': 'before its expiration date',
  're-test': 'with a new, future expirationDate',
  reversal: 'by a reversal only',
}

/** Writes the tables of statuses: what may follow what, and what allows which action. */
export const writeTransitions = (): string => {
  const statuses = table(
    ['from \\ to', ...lotStatuses],
    lotStatuses.map((from) => [from, ...lotStatuses.map((to) => words[lotStatusTransitions[from][to]])]),
  )
  const actions = table(
    ['Record type', ...lotStatuses],
    lotRecordTypes.flatMap((type) =>
      type === 'STATUS_CHANGE'
        ? []
        : [[type, ...lotStatuses.map((status) => (statusesThatAllow[type].includes(status) ? 'yes' : 'no'))]],
    ),
  )
  const records = table(
    ['from \\ to', ...recordStatuses],
    recordStatuses.map((from) => [
      from,
      ...recordStatuses.map((to) => (from === to ? '=' : recordStatusMoves[from].includes(to) ? 'yes' : 'no')),
    ]),
  )
  const needs = table(
    ['Record type', 'Source', 'Destination', 'Other lot', 'Quantity', 'Permission'],
    lotRecordTypes.map((type) => {
      const { source, destination, secondary, quantity, permission } = lotRecordTypeRules[type]
      return [type, source, destination, secondary, quantity, `\`${permission}\``]
    }),
  )
  return `# Statuses and record types

Written by \`npm run docs\` from the tables that the program itself uses.

## Status of a lot

Policies *standard* and *strict*. Under *permissive* any status may follow any. The same status again is always legal.

${statuses}

\`\`\`mermaid
stateDiagram-v2
${lotStatuses
  .flatMap((from) =>
    lotStatuses
      .filter((to) => !['no', 'same'].includes(lotStatusTransitions[from][to]))
      .map(
        (to) =>
          `  ${from} --> ${to}${lotStatusTransitions[from][to] === 'yes' ? '' : `: ${words[lotStatusTransitions[from][to]]}`}`,
      ),
  )
  .join('\n')}
\`\`\`

## Which status of the primary lot allows which record

A lot at or past its expiration date counts as EXPIRED, unless it is SHIPPED or CLOSED. Under *permissive*, OPEN lots may be consumed and shipped too. MERGE asks that both lots have the same status.

${actions}

## Status of a record

${records}

## What a record must carry to post

${needs}
`
}
