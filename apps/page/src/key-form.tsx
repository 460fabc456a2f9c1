import { type FormEvent, useState } from 'react'

/** Asks for an API key. */
export interface KeyFormProps {
  /** Why the last one is not taken; empty where there was none. */
  readonly why: string
  readonly onKey: (key: string) => void
}

/** Asks for the key that the API needs. It is kept for this tab, and sent in a header only. */
export const KeyForm = ({ why, onKey }: KeyFormProps) => {
  const [key, setKey] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (key.trim() !== '') onKey(key.trim())
  }
  return (
    <main className="key-form">
      <form onSubmit={submit}>
        <h1>Trace a lot</h1>
        <p>See what a lot was made of, what it went into, and where it ended.</p>
        <label htmlFor="key">API key</label>
        <input
          id="key"
          type="password"
          autoComplete="off"
          value={key}
          aria-describedby="key-about"
          aria-invalid={why !== ''}
          onChange={({ target }) => setKey(target.value)}
        />
        {why !== '' && (
          <p className="note problem" role="alert">
            {why}
          </p>
        )}
        <p id="key-about" className="quiet">
          It begins with <code>lb_</code> and needs the permission INVENTORY.READ. It is kept until this tab is closed.
          Make one with <code>lotbook keys create NAME --grant INVENTORY.READ</code>.
        </p>
        <button type="submit" className="primary">
          Continue
        </button>
      </form>
    </main>
  )
}
