import type { Connection } from './connection.ts'

/** How often it is asked whether another process has written, in milliseconds. */
const interval = 200

/** Tells listeners of commits: of this connection at once, of others on the same file within {@link interval}. */
export class CommitWatch {
  readonly #connection: Connection
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #seen: unknown

  constructor(connection: Connection) {
    this.#connection = connection
  }

  readonly tell = (): void => {
    for (const listener of [...this.#listeners]) listener()
  }

  readonly watch = (listener: () => void): (() => void) => {
    // Each has a function of its own, so that one that watches twice is told twice.
    const told = () => listener()
    this.#listeners.add(told)
    this.#poll()
    return () => {
      this.#listeners.delete(told)
      if (this.#listeners.size === 0) this.#rest()
    }
  }

  #poll(): void {
    // A database in memory has one connection only.
    if (this.#timer !== undefined || this.#connection.inMemory || !this.#connection.isOpen) return
    this.#seen = this.#version()
    this.#timer = setInterval(this.#look, interval).unref()
  }

  #rest(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  readonly #look = (): void => {
    if (!this.#connection.isOpen) {
      this.#rest()
      return
    }
    const now = this.#version()
    if (now === this.#seen) return
    this.#seen = now
    this.tell()
  }

  /** A number that changes when another connection commits; unequal to any where the file cannot be read. */
  #version(): unknown {
    try {
      return this.#connection.pragma('data_version')
    } catch {
      // Whoever listens reads now, and hears from that reading what is wrong.
      return Symbol('unreadable')
    }
  }
}
