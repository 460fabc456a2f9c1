import { useState } from 'react'
import { storedTheme, storeTheme, themes } from './settings/session.ts'

const names = { auto: 'Colours: system', light: 'Colours: light', dark: 'Colours: dark' } as const

/** Chooses the colours. */
export const ThemeSwitch = () => {
  const [theme, setTheme] = useState(storedTheme)
  return (
    <label className="small-field">
      <span className="unseen">Colours</span>
      <select
        value={theme}
        onChange={({ target }) => {
          const chosen = themes.find((one) => one === target.value) ?? 'auto'
          storeTheme(chosen)
          setTheme(chosen)
        }}
      >
        {themes.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </label>
  )
}
