import type { Refusal } from '@lotbook/domain'

/** What was refused in a form, in words for who stands before it. `about` is the lot that it is about, where it is about one. */
export const sayRefusal = (refusal: Refusal, about: string | undefined): string =>
  refusal._tag === 'VersionConflict'
    ? `${refusal.kind} ${about ?? refusal.id} was changed since this form was opened: leave it and look at the ${refusal.kind} again`
    : refusal.message
