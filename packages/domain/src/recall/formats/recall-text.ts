import type { RecallFormat } from '../recall-request.ts'
import type { RecallView } from '../recall-view.ts'
import { recallCsv } from './recall-csv.ts'
import { recallHtml } from './recall-html.ts'
import { recallJson } from './recall-json.ts'

/** Writes a recall in one of the forms, piece by piece. */
export const recallText: Readonly<Record<RecallFormat, (recall: RecallView) => Generator<string>>> = {
  JSON: recallJson,
  CSV: recallCsv,
  HTML: recallHtml,
}
