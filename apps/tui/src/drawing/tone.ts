/** How a piece of text is meant; what that looks like is decided here and nowhere else. */
export type Tone = 'plain' | 'strong' | 'quiet' | 'good' | 'warning' | 'bad' | 'chosen' | 'title'

/** The tone of a status of a lot. */
export const toneOfStatus = (status: string): Tone =>
  status === 'AVAILABLE' ? 'good' : status === 'QA_HOLD' || status === 'OPEN' ? 'warning' : 'quiet'
