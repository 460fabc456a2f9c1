import { afterAll } from 'vitest'
import { killRunning } from './processes.ts'

export {
  beginOn,
  type Ended,
  type Folder,
  lotbook,
  makeFolder,
  program,
  type Server,
  type StartOptions,
  startServer,
} from './processes.ts'

afterAll(killRunning)
