import { fileURLToPath } from 'node:url'
import base from '../../../../vitest.workspace.ts'
import { mutants } from './list.ts'

const mutant = mutants[Number(process.env['LOTBOOK_MUTANT'])]
const planted = mutant && fileURLToPath(new URL(`../../../../${mutant.file}`, import.meta.url))

/** The configuration of all tests, with one fault planted as its file is read. The file itself stays as it is. */
export default {
  ...base,
  plugins: [
    {
      name: 'plant-a-mutant',
      enforce: 'pre',
      transform: (code: string, id: string) =>
        id === planted ? code.replace(mutant?.from ?? '', () => mutant?.to ?? '') : undefined,
    },
  ],
}
