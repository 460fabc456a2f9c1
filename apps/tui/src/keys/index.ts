export { writeKeyReference } from './key-reference.ts'
