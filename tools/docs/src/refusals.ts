import { refusalTable } from '@lotbook/http'

/** Every refusal, and what it is over HTTP, as a page. */
export const writeRefusals = (): string =>
  [
    '# Refusals',
    '',
    'Written by `npm run docs` from `apps/http/src/refusal-problem.ts` and `packages/domain/src/refusals.ts`.',
    '',
    'In order of precedence: where several hold, the first is told. Over HTTP each is an `application/problem+json`',
    'with `type`, `title`, `status`, `detail` (the sentence of the refusal), `instance`, `requestId`, and these fields.',
    '',
    '| Refusal | Status | Type | Says | Fields |',
    '| --- | ---: | --- | --- | --- |',
    ...refusalTable.map(({ refusal, status, type, title, fields }) => {
      const own = fields.map((field) => `\`${field}\``).join(', ')
      return `| ${refusal} | ${status} | \`${type}\` | ${title} | ${own === '' ? '–' : own} |`
    }),
    '',
    'BatchItemRefused, the refusal of one action in a list of `executeInventoryActions`, is told with the status, the type,',
    'the title and the fields of the refusal that the action alone would have met, and with `index`: its place in the',
    'list, from 0. Where that is ValidationFailed, `errors` has the violations of every action of the list, each by its',
    'place: `requests[1].quantity`; `index` is that of the first.',
    '',
  ].join('\n')
