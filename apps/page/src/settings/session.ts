// The key lives as long as the tab; it is never part of an address.
const keyName = 'lotbook-key'
const themeName = 'lotbook-theme'

/** The key that was typed in this tab; empty where there is none. */
export const storedKey = (): string => sessionStorage.getItem(keyName) ?? ''

/** Keeps a key for this tab; an empty one forgets it. */
export const storeKey = (key: string): void => {
  if (key === '') sessionStorage.removeItem(keyName)
  else sessionStorage.setItem(keyName, key)
}

/** The colours: as the system has them, or one of the two. */
export const themes = ['auto', 'light', 'dark'] as const
/** One of {@link themes}. */
export type Theme = (typeof themes)[number]

/** The colours that were chosen last. */
export const storedTheme = (): Theme => themes.find((theme) => theme === localStorage.getItem(themeName)) ?? 'auto'

const dark = matchMedia('(prefers-color-scheme: dark)')

const show = (theme: Theme): void => {
  const shown = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme
  document.documentElement.dataset['theme'] = shown
}

/** Shows and keeps the colours. */
export const storeTheme = (theme: Theme): void => {
  localStorage.setItem(themeName, theme)
  show(theme)
}

/** Shows the colours that were chosen last, and follows the system where that was chosen. */
export const beginTheme = (): void => {
  show(storedTheme())
  dark.addEventListener('change', () => show(storedTheme()))
}
