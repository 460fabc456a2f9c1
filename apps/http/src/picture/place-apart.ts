import { Worker } from 'node:worker_threads'
import type { Placed } from '@lotbook/picture/layout'
import type { PictureParts } from '@lotbook/picture/svg'
import { limits, retryAfterSeconds } from '../limits.ts'
import { Problem } from '../problem.ts'

const compiled = new URL('./place-worker.js', import.meta.url)

// Run from sources, a thread has to be told first how they are read.
const fromSource = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import('${new URL('./place-worker.ts', import.meta.url).href}')
})`

const newWorker = (workerData: unknown): Worker =>
  import.meta.url.endsWith('.ts')
    ? new Worker(fromSource, { eval: true, workerData, execArgv: ['--conditions=@lotbook/source'] })
    : new Worker(compiled, { workerData })

let working = 0

const tooMany = (): Problem =>
  new Problem({
    status: 503,
    type: 'too-many-pictures',
    title: 'Too many pictures are being drawn',
    detail: `at most ${limits.pictures} pictures are drawn at one time: come back later`,
    headers: { 'Retry-After': String(retryAfterSeconds) },
  })

const tooLong = (milliseconds: number) => ({
  why: `takes longer than ${milliseconds / 1000} seconds to be drawn: give a direction or a smaller depth, or take DOT`,
})

/**
 * Places a picture in a thread of its own, so that nobody else waits for it; or says why not. `patience`: for how many
 * milliseconds the thread may be at it, once it has begun.
 */
export const placeApart = async (
  { lots, lines }: PictureParts,
  patience: number = limits.pictureMilliseconds,
): Promise<Placed | { readonly why: string } | Problem> => {
  if (working >= limits.pictures) return tooMany()
  working += 1
  let worker: Worker | undefined
  let timer: NodeJS.Timeout | undefined
  try {
    const { toPlace } = await import('@lotbook/picture')
    const begun = newWorker(toPlace(lots, lines))
    worker = begun
    return await new Promise<Placed | { readonly why: string }>((resolve, reject) => {
      begun.on('message', (told: 'begun' | Placed) => {
        // What it takes to start a thread says nothing about the picture.
        if (told === 'begun') timer = setTimeout(() => resolve(tooLong(patience)), patience)
        else resolve(told)
      })
      begun.once('error', reject)
    })
  } finally {
    clearTimeout(timer)
    await worker?.terminate()
    working -= 1
  }
}
