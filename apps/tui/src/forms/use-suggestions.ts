import { Result } from 'effect'
import { useEffect, useState } from 'react'
import { useApp } from '../app/app-context.ts'
import type { FormField } from './form-fields.ts'
import { type Asking, type Suggestion, suggestionsFor } from './suggestions.ts'

const none: readonly Suggestion[] = []

/** What a field may be completed to, as far as it was read. */
export interface Suggestions {
  readonly all: readonly Suggestion[]
  /** Whether that was read for what is written now. */
  readonly isRead: boolean
}

/** What the field that is written may be completed to. Where the ledger cannot be asked there is nothing to suggest. */
export const useSuggestions = (asking: Asking, field: FormField | undefined, text: string): Suggestions => {
  const { run } = useApp()
  const [found, setFound] = useState({ name: '', question: '', all: none })
  // Lots are looked up by what is written, everything else is looked through here.
  const question = `${field?.name} ${/lot/iu.test(field?.name ?? '') ? text : ''}`
  useEffect(() => {
    let isOld = false
    if (field === undefined) return
    void run(suggestionsFor(asking, field, text)).then((answer) => {
      if (!isOld) setFound({ name: field.name, question, all: Result.isSuccess(answer) ? answer.success : none })
    })
    return () => {
      isOld = true
    }
  }, [question, run])
  return { all: found.name === field?.name ? found.all : none, isRead: found.question === question }
}
