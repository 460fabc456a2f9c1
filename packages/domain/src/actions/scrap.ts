import { outgoing } from './outgoing.ts'

const parts = outgoing('SCRAP', 'ScrapRequest')

/** The request of scrap: every documented field, and ours. */
export const scrapShape = parts.shape

/** The template of scrap: the documented fields in their order, with their defaults. */
export const newScrapRequest = parts.template

/** Takes a quantity of a lot out as scrap, into a scrap lot where one is named. */
export const scrap = parts.action
