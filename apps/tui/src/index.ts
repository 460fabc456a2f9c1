export { runTerminal, type TerminalOptions } from './run.tsx'
