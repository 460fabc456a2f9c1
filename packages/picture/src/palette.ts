import { type LotStatus, lotStatuses } from '@lotbook/domain'

/** The colours of a status. Its word stands on them: colour never says it alone. */
export interface StatusColours {
  readonly ground: string
  readonly text: string
  readonly bar: string
}

/** Every colour of a picture, as CSS. */
export interface Palette {
  readonly ground: string
  readonly card: string
  readonly border: string
  readonly text: string
  readonly muted: string
  readonly accent: string
  readonly step: string
  readonly status: Readonly<Record<LotStatus, StatusColours>>
}

const colours = (ground: string, text: string, bar: string): StatusColours => ({ ground, text, bar })

/** Dark on white, also for paper. */
export const lightPalette: Palette = {
  ground: '#f6f7f9',
  card: '#ffffff',
  border: '#c6ced8',
  text: '#17202b',
  muted: '#55616f',
  accent: '#1d4ed8',
  step: '#7b8794',
  status: {
    OPEN: colours('#e6ebf1', '#334155', '#64748b'),
    AVAILABLE: colours('#dbf3e4', '#14532d', '#15803d'),
    QA_HOLD: colours('#fdeac6', '#713600', '#d97706'),
    EXPIRED: colours('#fde1df', '#8b1a17', '#dc2626'),
    SHIPPED: colours('#dce8fe', '#1e3a8a', '#2563eb'),
    CLOSED: colours('#eae6f3', '#473a66', '#7c6aa6'),
  },
}

/** Light on dark. */
export const darkPalette: Palette = {
  ground: '#12171d',
  card: '#1c242d',
  border: '#3d4957',
  text: '#e8edf3',
  muted: '#a4b0bd',
  accent: '#7aa7ff',
  step: '#8b98a6',
  status: {
    OPEN: colours('#2c3745', '#d3dbe5', '#94a3b8'),
    AVAILABLE: colours('#143a27', '#b0eac6', '#34c471'),
    QA_HOLD: colours('#45330d', '#fcd791', '#f0a42a'),
    EXPIRED: colours('#4a1d1f', '#fdbcb8', '#f2625c'),
    SHIPPED: colours('#1a3160', '#c0d6fe', '#5b92f5'),
    CLOSED: colours('#372c4f', '#d8ccf1', '#a08bd6'),
  },
}

const plain = ['ground', 'card', 'border', 'text', 'muted', 'accent', 'step'] as const
const ofStatus = ['ground', 'text', 'bar'] as const

/** A palette as CSS variables: `--picture-card`, `--picture-qa_hold-bar`. */
export const paletteVariables = (palette: Palette): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(plain.map((name) => [`--picture-${name}`, palette[name]])),
  ...Object.fromEntries(
    lotStatuses.flatMap((status) =>
      ofStatus.map((name) => [`--picture-${status.toLowerCase()}-${name}`, palette.status[status][name]]),
    ),
  ),
})

const variable = (name: string): string => `var(--picture-${name})`

/** The palette of a page that defines {@link paletteVariables}: it follows them. */
export const pagePalette: Palette = {
  ground: variable('ground'),
  card: variable('card'),
  border: variable('border'),
  text: variable('text'),
  muted: variable('muted'),
  accent: variable('accent'),
  step: variable('step'),
  status: Object.fromEntries(
    lotStatuses.map((status) => {
      const [ground = '', text = '', bar = ''] = ofStatus.map((name) => variable(`${status.toLowerCase()}-${name}`))
      return [status, colours(ground, text, bar)]
    }),
  ) as unknown as Palette['status'],
}
