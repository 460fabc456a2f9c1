import { lightPalette, TracePicture, type TracePictureProps } from '@lotbook/picture'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

// What browsers make of a larger canvas is an empty picture.
const mostPixels = 60_000_000
const longestSide = 16_000
// What is smaller cannot be read.
const leastScale = 0.5

/** The picture as an SVG file: always dark on white, for paper and reports. */
export const svgFile = (parts: Omit<TracePictureProps, 'palette'>): Blob => {
  const holder = document.createElement('div')
  const root = createRoot(holder)
  flushSync(() => root.render(<TracePicture {...parts} palette={lightPalette} />))
  const drawn = holder.querySelector('svg')
  const text = drawn === null ? '' : new XMLSerializer().serializeToString(drawn)
  root.unmount()
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`], { type: 'image/svg+xml' })
}

const loaded = (url: string): Promise<HTMLImageElement> =>
  new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error('the browser cannot draw this picture: take SVG'))
    image.src = url
  })

/** The picture as a PNG file, twice as sharp as the screen where it is not too large for that. */
export const pngFile = async (parts: Omit<TracePictureProps, 'palette'>): Promise<Blob> => {
  const url = URL.createObjectURL(svgFile(parts))
  try {
    const image = await loaded(url)
    const { width, height } = image
    const scale = Math.min(2, longestSide / width, longestSide / height, Math.sqrt(mostPixels / (width * height)))
    if (scale < leastScale) throw new Error('The picture is too large for a PNG that can be read: take SVG.')
    const canvas = document.createElement('canvas')
    canvas.width = Math.floor(width * scale)
    canvas.height = Math.floor(height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (blob === null) throw new Error('the browser cannot make a PNG of this size: take SVG')
    return blob
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Hands a file to whoever looks at the page. */
export const save = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
