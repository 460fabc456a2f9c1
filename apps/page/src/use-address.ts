import { useCallback, useSyncExternalStore } from 'react'
import { type Address, readAddress, showAddress } from './settings/address.ts'

const listen = (changed: () => void): (() => void) => {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

/** What the address says now, and how to go elsewhere: the buttons of the browser go back and forth. */
export const useAddress = (): readonly [Address, (address: Address) => void] => {
  const hash = useSyncExternalStore(listen, () => location.hash)
  const go = useCallback((address: Address) => {
    location.hash = showAddress(address)
    // The browser tells it in a while; until then the page would show what was left.
    dispatchEvent(new HashChangeEvent('hashchange'))
  }, [])
  return [readAddress(hash), go]
}
