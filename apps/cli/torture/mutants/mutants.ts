import { ok, strictEqual } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { root, runTests, type TestsRan } from '../long-test.ts'
import type { Torture } from '../torture.ts'
import { type Mutant, mutants } from './list.ts'

const config = 'apps/cli/torture/mutants/mutants.config.ts'

/** Runs the tests that look at a mutant. */
const testsOf = (index: number, { tests: [project, ...paths] }: Mutant): Promise<TestsRan> => {
  // A mutant may hang a test: that is found too.
  const args = ['--config', config, '--project', project, '--bail=1', '--testTimeout=120000']
  const folders = paths.map((path) => `packages/${project}/${path}`)
  return runTests([...args, ...folders], { LOTBOOK_MUTANT: String(index) })
}

const showFirst = (said: string): string => /^\s*FAIL\s+(.*)$/mu.exec(said)?.[1] ?? 'no test is named'

/** T14: faults are planted in the domain and in the repository, one at a time. The tests must find them. */
export const plantMutants: Torture = async ({ tell, form, seed, args: [only] }) => {
  for (const { file, from, to } of mutants) {
    strictEqual(readFileSync(`${root}${file}`, 'utf8').split(from).length, 2, `“${from}” must stand once in ${file}`)
    ok(from !== to)
  }
  const chosen = [...mutants.entries()].filter(([index, { what }]) =>
    only === undefined ? form === 'long' || index === seed % mutants.length : what.includes(only),
  )
  const survivors: string[] = []
  for (const [index, mutant] of chosen) {
    const { passed, said } = await testsOf(index, mutant)
    // A test must have failed: a run that came to none has shown nothing.
    ok(passed || /^\s*FAIL /mu.test(said), said)
    if (passed) survivors.push(mutant.what)
    tell(passed ? `SURVIVED: ${mutant.what}` : `killed: ${mutant.what} (${showFirst(said)})`)
  }
  tell(`${chosen.length - survivors.length} of ${chosen.length} killed`)
  ok(survivors.length <= (form === 'long' ? 1 : 0), `survived: ${survivors.join('; ')}`)
}
