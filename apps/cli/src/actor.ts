import { userInfo } from 'node:os'

// No API key is called so.
const local = 'local:'

/** Whether a name is one of those that only the command line writes under. */
export const isLocal = (name: string): boolean => name.startsWith(local)

/** Who is written as the author of what the command line does: `local:<user>`. */
export const localActor = (): string => {
  try {
    return `${local}${userInfo().username}`
  } catch (error) {
    // A user without an entry in the list of users, as in some containers.
    if (error instanceof Error) return `${local}${process.getuid?.() ?? 'unknown'}`
    throw error
  }
}
