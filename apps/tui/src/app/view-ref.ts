/** A lot as somebody saw it. */
export interface SeenLot {
  readonly lotId: string
  readonly version: number
}

/** The views, each with what it is opened with. A view is one line here and one in `views.ts`. */
export interface ViewParams {
  readonly lots: { readonly query: Readonly<Record<string, string>> }
  readonly lot: { readonly id: string }
  readonly records: { readonly query: Readonly<Record<string, string>> }
  readonly record: { readonly id: string }
  readonly stock: { readonly location: string | null }
  readonly trace: { readonly id: string }
  readonly recall: { readonly id: string }
  readonly actions: Readonly<Record<never, never>>
  readonly form: {
    /** Which form of `forms.ts`. */
    readonly form: string
    /** What is filled in already, by field. */
    readonly filled: Readonly<Record<string, string>>
    /** The lot that it is about, where it is about one; named in questions. */
    readonly about?: string | undefined
    /** The version of a lot that somebody saw when the form was opened; what was saved since is refused. */
    readonly seen?: SeenLot | undefined
  }
}

/** A view, and what it is opened with. */
export type ViewRef = {
  readonly [K in keyof ViewParams]: { readonly view: K; readonly params: ViewParams[K] }
}[keyof ViewParams]
