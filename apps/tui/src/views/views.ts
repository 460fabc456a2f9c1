import type { ReactNode } from 'react'
import type { ViewParams } from '../app/view-ref.ts'
import { Form } from '../forms/form.tsx'
import { Actions } from './actions/actions.tsx'
import { Lot } from './lot/lot.tsx'
import { Lots } from './lots/lots.tsx'
import { Recall } from './recall/recall.tsx'
import { Record } from './record/record.tsx'
import { Records } from './records/records.tsx'
import { Stock } from './stock/stock.tsx'
import { Trace } from './trace/trace.tsx'

/** How each view is drawn. A view is one line here and one in `view-ref.ts`; its keys are one in `all-keys.ts`. */
export const views: { readonly [K in keyof ViewParams]: (props: { readonly params: ViewParams[K] }) => ReactNode } = {
  lots: Lots,
  lot: Lot,
  records: Records,
  record: Record,
  stock: Stock,
  trace: Trace,
  recall: Recall,
  actions: Actions,
  form: Form,
}
