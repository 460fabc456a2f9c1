/** What `asOf` and `asKnownAt` mean, for the descriptions of what takes them. */
export const moments =
  '`asOf` asks what was true at a moment, as it is recorded today; `asKnownAt` what was believed then, from what had been written by it; both together, what was believed then of a moment.'
