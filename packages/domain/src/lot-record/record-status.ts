/** The states of a lot record, as documented. */
export const recordStatuses = ['IDLE', 'RUNNING', 'COMPLETED', 'FAULTED', 'CANCELLED', 'UNKNOWN', 'PAUSED'] as const
/** How far the operation behind a record has come. Only COMPLETED records post. */
export type RecordStatus = (typeof recordStatuses)[number]

/** Where a record's status may go; staying the same is always legal. COMPLETED and CANCELLED are final. */
export const recordStatusMoves: Readonly<Record<RecordStatus, readonly RecordStatus[]>> = {
  IDLE: ['IDLE', 'RUNNING', 'COMPLETED', 'FAULTED', 'CANCELLED', 'UNKNOWN'],
  RUNNING: ['RUNNING', 'PAUSED', 'COMPLETED', 'FAULTED', 'CANCELLED', 'UNKNOWN'],
  PAUSED: ['PAUSED', 'RUNNING', 'COMPLETED', 'FAULTED', 'CANCELLED', 'UNKNOWN'],
  UNKNOWN: ['UNKNOWN', 'IDLE', 'RUNNING', 'PAUSED', 'FAULTED', 'CANCELLED'],
  FAULTED: ['FAULTED', 'RUNNING', 'CANCELLED'],
  COMPLETED: ['COMPLETED'],
  CANCELLED: ['CANCELLED'],
}
