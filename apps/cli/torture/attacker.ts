import { setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { type Attack, attacks } from './attacks.ts'

// A process of its own, with less right to a processor than the server and its users have: attackers in the field have
// machines of their own, and what is measured is what they take from the server.
//   attacker.ts URL KEY
// A line with the name of an attack begins it; the next line ends it. Each is answered with what the attack was
// answered so far, counted by status.

setPriority(10)
const [, , url = '', key = ''] = process.argv

let going: Attack | undefined
for await (const line of createInterface({ input: process.stdin })) {
  const ending = going
  await ending?.end()
  going = ending === undefined ? attacks[line]?.start({ url, key }) : undefined
  process.stdout.write(`${JSON.stringify([...((ending ?? going)?.answers ?? [])])}\n`)
}
