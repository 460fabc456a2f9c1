import type { LotStatus } from '@lotbook/domain'

/** A status: its word, on its colour. */
export const StatusChip = ({ status }: { readonly status: LotStatus }) => (
  <span className={`chip ${status.toLowerCase()}`}>{status}</span>
)
