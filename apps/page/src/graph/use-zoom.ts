import { select } from 'd3-selection'
import { type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom'
import { type RefObject, useLayoutEffect, useMemo } from 'react'

/** A part of the picture, in its own pixels. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How the picture is moved. */
export interface Zoom {
  /** Shows all of an area, not larger than it is. */
  readonly fit: (area: Area) => void
  /** Puts the middle of an area into the middle of the window, at a scale. */
  readonly centre: (area: Area, scale: number) => void
  /** Moves as little as is needed for an area to be seen. */
  readonly reveal: (area: Area) => void
  /** Moves the picture so that what stood at one place stands at another. */
  readonly follow: (from: Area, to: Area) => void
  readonly by: (factor: number) => void
  /** What {@link Zoom.fit} would scale an area to. */
  readonly scaleToFit: (area: Area) => number
}

const room = 24
// The buttons and the legend stand below.
const below = 56
const least = 0.004
const most = 2.5
// Smaller letters cannot be read, and take long to draw.
const detailsFrom = 0.42
const namesFrom = 0.18

const farFrom = (scale: number): string => (scale < namesFrom ? 'very' : scale < detailsFrom ? 'far' : 'near')

/** Lets the picture be moved and scaled by mouse, finger and keyboard. */
export const useZoom = (svg: RefObject<SVGSVGElement | null>, content: RefObject<SVGGElement | null>): Zoom => {
  const behaviour = useMemo(
    () =>
      zoom<SVGSVGElement, unknown>()
        .scaleExtent([least, most])
        .clickDistance(4)
        .on('zoom', ({ transform }: { readonly transform: ZoomTransform }) => {
          content.current?.setAttribute('transform', transform.toString())
          if (svg.current !== null) svg.current.dataset['far'] = farFrom(transform.k)
        }),
    [svg, content],
  )

  useLayoutEffect(() => {
    if (svg.current === null) return
    const selection = select(svg.current)
    selection.call(behaviour).on('dblclick.zoom', null)
    return () => {
      selection.on('.zoom', null)
    }
  }, [svg, behaviour])

  return useMemo(() => {
    const size = () => {
      const { width = 1, height = 1 } = svg.current?.getBoundingClientRect() ?? {}
      return { width: Math.max(width, 1), height: Math.max(height - below, 1) }
    }
    const put = (transform: ZoomTransform): void => {
      if (svg.current !== null) behaviour.transform(select(svg.current), transform)
    }
    const now = (): ZoomTransform => (svg.current === null ? zoomIdentity : zoomTransform(svg.current))
    const centre: Zoom['centre'] = (area, scale) => {
      const { width, height } = size()
      const [x, y] = [area.x + area.width / 2, area.y + area.height / 2]
      put(zoomIdentity.translate(width / 2 - x * scale, height / 2 - y * scale).scale(scale))
    }
    const scaleToFit: Zoom['scaleToFit'] = (area) => {
      const { width, height } = size()
      return Math.min((width - 2 * room) / area.width, (height - 2 * room) / area.height, 1)
    }
    return {
      centre,
      scaleToFit,
      fit: (area) => centre(area, Math.max(scaleToFit(area), least)),
      reveal: (area) => {
        const transform = now()
        const { width, height } = size()
        const beyond = (start: number, end: number, length: number): number =>
          start < room ? room - start : end > length - room ? length - room - end : 0
        const dx = beyond(transform.applyX(area.x), transform.applyX(area.x + area.width), width)
        const dy = beyond(transform.applyY(area.y), transform.applyY(area.y + area.height), height)
        if (dx !== 0 || dy !== 0) put(transform.translate(dx / transform.k, dy / transform.k))
      },
      follow: (from, to) => {
        put(now().translate(from.x - to.x, from.y - to.y))
      },
      by: (factor) => {
        if (svg.current !== null) behaviour.scaleBy(select(svg.current), factor)
      },
    }
  }, [svg, behaviour])
}
