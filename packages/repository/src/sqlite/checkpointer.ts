import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** When what is done. */
export interface CheckpointLimits {
  /** After so many changes the log is brought into the file. A page that many changes touch is copied once for all of them. */
  readonly changes: number
  /** From so many pages on the writer pauses for the rest of the log, which then begins anew. */
  readonly pages: number
}

// About 4000 pages, and about 2000 changes: of 16 callers fewer than one in a hundred waits for the rest.
const usual: CheckpointLimits = { changes: 512, pages: 14_000 }

/** Who writes, and begins no transaction from `pause` to `resume`. */
export interface Pausable {
  readonly pause: () => void
  readonly resume: () => void
}

/** What SQLite says of a checkpoint: how many pages the log had as it began, and how many of them are in the file. */
interface Checkpointed {
  readonly log: number
  readonly checkpointed: number
}

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
    let found: Checkpointed | undefined
    try {
      found = checkpoint.get() as Checkpointed
    } catch {
      // Whoever writes does it then, and hears what is wrong.
    }
    parentPort.postMessage(found)
  })
}

/**
 * Brings the log into the file from a thread of its own, so that no commit has to: those are the slow ones. While it
 * does so the log grows, and only a log of which nothing is left begins anew: where it has become long, the writer
 * pauses for what came meanwhile. The thread keeps no process alive. Without it everything works, only less evenly.
 */
export class Checkpointer {
  readonly #filename: string
  readonly #writer: Pausable
  readonly #limits: CheckpointLimits
  #thread: { readonly worker: Worker; readonly exited: Promise<void> } | undefined
  #changes = 0
  #isBusy = false
  #isPausing = false
  #isClosing = false
  #whenIdle: (() => void)[] = []

  constructor(filename: string, writer: Pausable, limits: CheckpointLimits = usual) {
    this.#filename = filename
    this.#writer = writer
    this.#limits = limits
  }

  /** Says that so many changes were committed. The thread begins its work, and its life, when there are enough. */
  wrote(changes: number): void {
    this.#changes += changes
    if (this.#changes < this.#limits.changes || this.#isBusy) return
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
    worker.on('message', (found: Checkpointed | undefined) => this.#next(found))
    // The file is gone, say. Writers go on without it.
    worker.on('error', () => undefined)
    const exited = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        this.#rest()
        resolve()
      })
    })
    return { worker, exited }
  }

  #next(found: Checkpointed | undefined): void {
    // What a reader of an earlier moment needs stays in the log: pausing would gain nothing.
    const isShort = found === undefined || found.log < this.#limits.pages || found.checkpointed < found.log
    if (isShort || this.#isPausing || this.#isClosing) {
      this.#rest()
      return
    }
    this.#isPausing = true
    this.#writer.pause()
    // Who waits for a write that the writer does not begin yet has nothing else that keeps the process alive.
    this.#thread?.worker.ref()
    this.#thread?.worker.postMessage('checkpoint')
  }

  #rest(): void {
    this.#isBusy = false
    if (this.#isPausing) {
      this.#isPausing = false
      if (!this.#isClosing) this.#thread?.worker.unref()
      this.#writer.resume()
    }
    for (const tell of this.#whenIdle.splice(0)) tell()
  }

  /** Ends the thread, where there is one, and its connection. */
  close(): Promise<void> | undefined {
    const thread = this.#thread
    if (thread === undefined) return undefined
    this.#isClosing = true
    thread.worker.ref()
    thread.worker.postMessage('close')
    return thread.exited
  }
}
