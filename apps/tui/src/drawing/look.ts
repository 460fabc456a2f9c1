import { createContext, useContext } from 'react'
import type { Tone } from './tone.ts'

/** The part of Ink's text styles that we use. */
export interface Style {
  readonly color?: string
  readonly bold?: boolean
  readonly dimColor?: boolean
  readonly inverse?: boolean
}

const styles: Readonly<Record<Tone, Style>> = {
  plain: {},
  strong: { bold: true },
  quiet: { dimColor: true },
  good: { color: 'green' },
  warning: { color: 'yellow' },
  bad: { color: 'red', bold: true },
  chosen: { inverse: true },
  title: { color: 'cyan', bold: true },
}

/** Whether colours may be used: not with NO_COLOR. */
export const mayColour = (env: Readonly<Record<string, string | undefined>>): boolean => (env['NO_COLOR'] ?? '') === ''

/** Whether the screen has colours. */
export const ColourContext = createContext(true)

/** The style of a tone on this screen. Without colours the words alone say it, and bold, dim and inverse remain. */
export const useStyle = (tone: Tone): Style => {
  const hasColour = useContext(ColourContext)
  const { color, ...rest } = styles[tone]
  return hasColour && color !== undefined ? { color, ...rest } : rest
}
