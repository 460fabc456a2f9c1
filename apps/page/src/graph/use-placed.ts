import { type PictureLine, type Placed, toPlace } from '@lotbook/picture'
import { useEffect, useState } from 'react'
import type { KnownLot } from '../genealogy/genealogy.ts'
import type { LayoutAnswer, LayoutQuestion } from '../layout-worker.ts'

/** What is drawn, with where it stands. */
export interface PlacedPicture {
  readonly lots: readonly KnownLot[]
  readonly lines: readonly PictureLine[]
  readonly placed: Placed
}

const script = '/trace/layout-worker.js'

// The page may start no script by its address but this one.
const trusted = (): string | URL => {
  const { trustedTypes } = window as unknown as {
    readonly trustedTypes?: { createPolicy: (name: string, rules: { createScriptURL: () => string }) => TrustedPolicy }
  }
  return trustedTypes === undefined
    ? script
    : trustedTypes.createPolicy('lotbook', { createScriptURL: () => script }).createScriptURL(script)
}

interface TrustedPolicy {
  readonly createScriptURL: (url: string) => string
}

let worker: Worker | undefined
const theWorker = (): Worker => {
  worker ??= new Worker(trusted())
  return worker
}

let lastNumber = 0

/** Places a picture once, in the same thread. */
export const placeOnce = (lots: readonly KnownLot[], lines: readonly PictureLine[]): Promise<Placed> =>
  new Promise((resolve) => {
    lastNumber += 1
    const number = lastNumber
    const layouts = theWorker()
    const listen = ({ data }: MessageEvent<LayoutAnswer>): void => {
      if (data.number !== number) return
      layouts.removeEventListener('message', listen)
      resolve(data.placed)
    }
    layouts.addEventListener('message', listen)
    const [ids, ways] = toPlace(lots, lines)
    const question: LayoutQuestion = { number, lots: ids, lines: ways }
    layouts.postMessage(question)
  })

/** Places a picture in a thread of its own. Until that is done, the one before stays. */
export const usePlaced = (
  lots: readonly KnownLot[],
  lines: readonly PictureLine[],
): { readonly picture: PlacedPicture | undefined; readonly isBusy: boolean } => {
  const [picture, setPicture] = useState<PlacedPicture>()

  useEffect(() => {
    let isLate = false
    void placeOnce(lots, lines).then((placed) => {
      if (!isLate) setPicture({ lots, lines, placed })
    })
    return () => {
      isLate = true
    }
  }, [lots, lines])

  // Told by what is drawn, in the very render that asks for something else: a picture of before is never called done.
  return { picture, isBusy: picture?.lots !== lots || picture.lines !== lines }
}
