import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

// After so many changes the log is brought into the file: about 2000 pages, a quarter of what makes a commit do it. A
// page that many changes touch is then copied once for all of them.
const changesBetween = 256

const driver = createRequire(import.meta.url).resolve('better-sqlite3')

/** What the thread does. It is handed over as text, so that no file has to lie beside the program: it sees nothing else of this module. */
const work = (load: NodeJS.Require): void => {
  const { parentPort, workerData } = load('node:worker_threads') as typeof import('node:worker_threads')
  const Database = load(workerData.driver) as typeof import('better-sqlite3')
  const database = new Database(workerData.filename, { fileMustExist: true })
  database.pragma('synchronous = full')
  const checkpoint = database.prepare('pragma wal_checkpoint(passive)')
  parentPort?.on('message', (word) => {
    if (word === 'close') {
      database.close()
      parentPort.close()
      return
    }
    try {
      checkpoint.all()
    } catch {
      // Whoever writes does it then, and hears what is wrong.
    }
    parentPort.postMessage('done')
  })
}

/**
 * Brings the log into the file from a thread of its own, so that few commits have to: those are the slow ones. It
 * neither waits for writers and readers nor keeps them waiting, and it keeps no process alive. Without it everything
 * works, only less evenly.
 */
export class Checkpointer {
  readonly #filename: string
  #thread: { readonly worker: Worker; readonly exited: Promise<void> } | undefined
  #changes = 0
  #isBusy = false
  #whenIdle: (() => void)[] = []

  constructor(filename: string) {
    this.#filename = filename
  }

  /** Says that so many changes were committed. The thread begins its work, and its life, when there are enough. */
  wrote(changes: number): void {
    this.#changes += changes
    if (this.#changes < changesBetween || this.#isBusy) return
    this.#changes = 0
    this.#isBusy = true
    this.#thread ??= this.#start()
    this.#thread.worker.postMessage('checkpoint')
  }

  /** Ends when the thread has nothing to do. */
  idle(): Promise<void> {
    return this.#isBusy ? new Promise((resolve) => this.#whenIdle.push(resolve)) : Promise.resolve()
  }

  #start() {
    const workerData = { driver, filename: this.#filename }
    const worker = new Worker(`(${work.toString()})(require)`, { eval: true, workerData })
    worker.unref()
    worker.on('message', () => this.#rest())
    // The file is gone, say. Writers go on without it.
    worker.on('error', () => undefined)
    const exited = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve())
    })
    return { worker, exited }
  }

  #rest(): void {
    this.#isBusy = false
    for (const tell of this.#whenIdle.splice(0)) tell()
  }

  /** Ends the thread, where there is one, and its connection. */
  close(): Promise<void> | undefined {
    const thread = this.#thread
    if (thread === undefined) return undefined
    thread.worker.ref()
    thread.worker.postMessage('close')
    return thread.exited
  }
}
