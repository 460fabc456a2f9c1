import { limitTable } from '@lotbook/http'

/** The limits of the HTTP API, as a page. */
export const writeLimits = (): string =>
  [
    '# Limits of the HTTP API',
    '',
    'Written by `npm run docs` from `apps/http/src/limits.ts`.',
    '',
    '| Limit | At most | Beyond it |',
    '| --- | ---: | --- |',
    ...Object.entries(limitTable).map(
      ([name, { most, of, beyond }]) =>
        `| \`${name}\` | ${most.toLocaleString('en-US')} ${of} | ${/^\d+$/u.test(beyond) ? `answers ${beyond}` : beyond} |`,
    ),
    '',
    'How many requests a second each API key may send is a setting, `LOTBOOK_RATE_LIMIT`: what is more is answered 429 with `Retry-After`.',
    '',
  ].join('\n')
