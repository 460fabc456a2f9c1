import type { ActionName } from '@lotbook/domain'

/** What is said of one action in the document. */
interface Words {
  readonly summary: string
  readonly description: string
}

const oneLot = 'Without a lot the location chooses by its use strategy; with `allowMultiple` from several lots.'

/** The words for each action. One that is missing here does not compile. */
export const actionWords: Readonly<Record<ActionName, Words>> = {
  consume: {
    summary: 'Use up a quantity of a lot',
    description: `Takes it out of a location, for a consuming lot where one is named. ${oneLot}`,
  },
  unconsume: {
    summary: 'Put back what was consumed',
    description: 'Into a location, at most as much as was consumed of the lot, the newest consumption first.',
  },
  produce: {
    summary: 'Add what was made to a lot',
    description: 'Into a location, from a producing lot where one is named. `createIfNotExists` makes the lot.',
  },
  move: {
    summary: 'Carry a quantity of a lot to another location',
    description: `The lot stays what it is. ${oneLot}`,
  },
  split: {
    summary: 'Make a new lot of a part of another',
    description: 'The new lot is of the same material and lies where the part lay.',
  },
  merge: {
    summary: 'Put a lot into another',
    description: 'Of the same material and status. What is absorbed is CLOSED when nothing is left of it.',
  },
  scrap: {
    summary: 'Throw a quantity of a lot away',
    description: `Out of a location, into a lot or place for scrap where one is named. ${oneLot}`,
  },
  scrapAll: {
    summary: 'Throw everything at a location away',
    description: 'Or all of one material there. One record for each lot; the list is empty where nothing lies.',
  },
  returnInventory: {
    summary: 'Send a quantity of a lot back to its supplier',
    description: `Out of a location. ${oneLot}`,
  },
  receive: {
    summary: 'Take a delivery in',
    description: 'Into a location, from a lot of the supplier where one is named. `createIfNotExists` makes the lot.',
  },
  ship: {
    summary: 'Send a quantity of a lot to a customer',
    description: `Out of a location, into a lot or place on the way where one is named. ${oneLot}`,
  },
  editInventoryQuantity: {
    summary: 'Write down what was counted',
    description: 'A location holds `newQuantity` of the lot from now on. The quantity of the record is the difference.',
  },
}
