import { exampleStatusLotId } from '../sample-plant/lots.ts'
import type { FirstKey } from './first-key.ts'

const keyLines = (key: FirstKey): readonly string[] => {
  switch (key.kind) {
    case 'made':
      return [
        'The first API key. It may do everything, and it is shown only this once:',
        '',
        `  ${key.secret}`,
        '',
        'Others are made with: npx lotbook keys create NAME --grant INVENTORY.READ',
      ]
    case 'brought':
      return ['The API key of LOTBOOK_ADMIN_KEY may do everything.']
    case 'there':
      return ['The ledger has its API keys. Others are made with: npx lotbook keys create NAME --grant INVENTORY']
  }
}

const wordOf = (key: FirstKey): string => {
  switch (key.kind) {
    case 'made':
      return key.secret
    case 'brought':
      return '$LOTBOOK_ADMIN_KEY'
    case 'there':
      return '$LOTBOOK_KEY'
  }
}

const tryLines = (url: string, key: FirstKey): readonly string[] => {
  const bearer = `-H "Authorization: Bearer ${wordOf(key)}"`
  const request = JSON.stringify({ lotId: exampleStatusLotId, newStatus: 'AVAILABLE' })
  return [
    'To try:',
    '',
    `  curl ${bearer} "${url}/v1/inventory?location=Dairy/Warehouse&subtree=true"`,
    `  curl ${bearer} -H "Content-Type: application/json" -d '${request}' ${url}/v1/inventory/change-status`,
    '',
    `All calls are described at ${url}/docs`,
  ]
}

/** What is printed below the listening line: where the key is, and with the sample plant two calls to try. */
export const welcome = (url: string, key: FirstKey, sample: boolean): readonly string[] => [
  '',
  ...keyLines(key),
  ...(sample ? ['', ...tryLines(url, key)] : []),
  '',
]
