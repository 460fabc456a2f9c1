export { type Head, newestRecord } from './app/head.ts'
export { runTerminal, type TerminalOptions } from './run.tsx'
