/** What a test gets: a folder of its own, who hears what it sees, and how much it is to do. */
export interface Setting {
  readonly folder: string
  readonly tell: (line: string) => void
  /** What the test draws from where it draws at random: the same seed draws the same. */
  readonly seed: number
  /** `short` is what CI runs, in seconds; `long` takes minutes. */
  readonly form: 'short' | 'long'
  /** What else stood on the command line. */
  readonly args: readonly string[]
}

/** A test of what is promised when things go wrong. It throws where something is not as promised. */
export type Torture = (setting: Setting) => Promise<void>
