import { describe, expect, it } from 'vitest'
import { makePlant } from '../testing/fixtures.ts'

describe('saveUnitConversion', () => {
  it('changes a conversion of one material by its id', async () => {
    const { inventory, ada, done, refused } = await makePlant()
    const made = await done(
      inventory.saveUnitConversion({ from: 'pcs', to: 'kg', factor: '1/4', materialPath: 'Pack/Cap' }, ada),
    )
    const changed = await done(inventory.saveUnitConversion({ id: made.id, factor: '1/5' }, ada))
    expect(changed).toMatchObject({ id: made.id, materialPath: 'Pack/Cap', numerator: 1, denominator: 5, version: 2 })
    const twin = { from: 'kg', to: 'pcs', factor: 3, materialPath: 'Pack/Cap' }
    expect(await refused(inventory.saveUnitConversion(twin, ada))).toMatchObject({ existingId: made.id })
    const missing = { id: '01JE6F0CE9-T94PZD8R-TH9J01TJ', factor: 2 }
    expect(await refused(inventory.saveUnitConversion(missing, ada))).toMatchObject({ _tag: 'NotFound' })
  })
})
