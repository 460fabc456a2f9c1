import type { traceTextFormats } from '../trace-request.ts'
import type { TraceView } from '../trace-view.ts'
import { traceCsv } from './trace-csv.ts'
import { traceJson } from './trace-json.ts'
import { traceDot, traceMermaid } from './trace-pictures.ts'

/** Writes a trace in one of the forms, piece by piece. */
export const traceText: Readonly<Record<(typeof traceTextFormats)[number], (trace: TraceView) => Generator<string>>> = {
  JSON: traceJson,
  CSV: traceCsv,
  MERMAID: traceMermaid,
  DOT: traceDot,
}
