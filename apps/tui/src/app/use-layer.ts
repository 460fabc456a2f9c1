import { useContext, useLayoutEffect, useRef } from 'react'
import { ActiveContext, type Layer, useApp } from './app-context.ts'

/** Takes keys while the view is on the screen and `on` holds. */
export const useLayer = (layer: Layer, on = true): void => {
  const { addLayer } = useApp()
  const isActive = useContext(ActiveContext) && on
  const latest = useRef(layer)
  latest.current = layer
  // With the drawing itself, not after it: the next key may come at once.
  useLayoutEffect(
    () =>
      isActive
        ? addLayer({ take: (key) => latest.current.take(key), expects: () => latest.current.expects() })
        : undefined,
    [addLayer, isActive],
  )
}
