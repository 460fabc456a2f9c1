import { useCallback, useMemo, useState } from 'react'
import { makeApi } from './api/api.ts'
import { KeyForm } from './key-form.tsx'
import { storedKey, storeKey } from './settings/session.ts'
import { Workspace } from './workspace.tsx'

/** The whole page: a key first, then the trace. */
export const App = () => {
  const [key, setKey] = useState(storedKey)
  const [why, setWhy] = useState('')
  const api = useMemo(() => makeApi(key), [key])

  const change = useCallback((next: string, reason: string): void => {
    storeKey(next)
    setKey(next)
    setWhy(reason)
  }, [])

  return key === '' ? (
    <KeyForm why={why} onKey={(next) => change(next, '')} />
  ) : (
    <Workspace
      api={api}
      onRefused={() => change('', 'The server does not take this key: it is unknown, expired or revoked.')}
      onLeave={() => change('', '')}
    />
  )
}
