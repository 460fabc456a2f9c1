import type { TraceView } from '@lotbook/domain'

const directions = {
  ANCESTORS: 'what it was made of',
  DESCENDANTS: 'what it went into',
  BOTH: 'what it was made of and what it went into',
} as const

/** The heading of a picture of a trace. */
export const titleOf = ({ nodes, direction, asOf, truncated }: TraceView): string => {
  const lot = nodes[0]
  const parts = [
    `${lot?.lotName ?? ''} (${lot?.materialPath ?? ''}): ${directions[direction]}`,
    ...(asOf === null ? [] : [`as of ${asOf}, with the status and stock of then`]),
    ...(truncated ? ['cut off, there is more'] : []),
  ]
  return parts.join(', ')
}
