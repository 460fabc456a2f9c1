import type { Dialect } from '../dialect.ts'

/** A version that is out of turn is found by whether the one before it is there, where that costs less than the last. */
export const nextSequence = ({ denseByPredecessor }: Dialect): readonly string[] => denseByPredecessor
