/**
 * Gives items from the smallest on, as `toSorted` would put them where no two are equal. What nobody takes is not put in
 * order (a binary heap): of thousands of lots at a place, an action takes the first few.
 */
export function* smallestFirst<A>(items: readonly A[], compare: (a: A, b: A) => number): Generator<A, void> {
  const heap = [...items]
  const at = (place: number): A => heap[place] as A
  const sink = (from: number): void => {
    const item = at(from)
    let place = from
    for (let child = 2 * place + 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && compare(at(child + 1), at(child)) < 0) child += 1
      if (compare(item, at(child)) <= 0) break
      heap[place] = at(child)
      place = child
    }
    heap[place] = item
  }
  for (let place = (heap.length >> 1) - 1; place >= 0; place--) sink(place)
  while (heap.length > 0) {
    const smallest = at(0)
    const last = heap.pop() as A
    if (heap.length > 0) {
      heap[0] = last
      sink(0)
    }
    yield smallest
  }
}
