import type { Page } from '../../store.ts'

/** Every item of a list, page by page. */
export const whole = async <A>(page: (cursor: string | null) => Promise<Page<A>>): Promise<readonly A[]> => {
  const items: A[] = []
  let cursor: string | null = null
  do {
    const found: Page<A> = await page(cursor)
    items.push(...found.items)
    cursor = found.next
  } while (cursor !== null)
  return items
}
