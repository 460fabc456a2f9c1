import { actionsKeys } from '../views/actions/keys.ts'
import { lotKeys } from '../views/lot/keys.ts'
import { lotsKeys } from '../views/lots/keys.ts'
import { recallKeys } from '../views/recall/keys.ts'
import { recordKeys } from '../views/record/keys.ts'
import { recordsKeys } from '../views/records/keys.ts'
import { stockKeys } from '../views/stock/keys.ts'
import { traceKeys } from '../views/trace/keys.ts'
import { formKeys, questionKeys } from './form-keys.ts'
import { globalKeys } from './global-keys.ts'
import type { KeyRow } from './key-row.ts'

/** Every table of keys, by where it holds. A view is one line here. */
export const allKeys: Readonly<Record<string, readonly KeyRow[]>> = {
  Everywhere: globalKeys,
  Lots: lotsKeys,
  Lot: lotKeys,
  Records: recordsKeys,
  Record: recordKeys,
  Stock: stockKeys,
  Trace: traceKeys,
  Recall: recallKeys,
  Actions: actionsKeys,
  Form: formKeys,
  Question: questionKeys,
}
