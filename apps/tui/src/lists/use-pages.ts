import type { Page, Refusal } from '@lotbook/domain'
import type { Effect } from 'effect'
import { useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { ActiveContext, useApp } from '../app/app-context.ts'
import { PageSource } from './page-source.ts'
import { type ListState, useList } from './use-list.ts'

/** A paged list on the screen. Its `top` and `cursor` count the `visible` rows only. */
export interface PagedList<A> extends ListState {
  readonly source: PageSource<A>
  /** The rows on the screen, from the top; undefined for one that is being read. */
  readonly visible: readonly (A | undefined)[]
  readonly chosen: A | undefined
}

/** Reads a page of a list from its beginning, or `fromEnd` in the opposite order. */
export type LoadEitherWay<A> = (
  after: string | null,
  limit: number,
  fromEnd: boolean,
) => Effect.Effect<Page<A>, Refusal>

/**
 * Reads a list as far as it is looked at, and again when something was written. `question` names what is asked for.
 * Whoever goes to the last row of a long list reads it from its end, upwards: nobody waits for what is in between.
 */
export const usePages = <A>(question: string, load: LoadEitherWay<A>, height: number): PagedList<A> => {
  const { run, tick } = useApp()
  const isActive = useContext(ActiveContext)
  const [endOf, setEndOf] = useState<string | undefined>(undefined)
  const fromEnd = endOf === question
  // A new question is a new list; how it is read may be another function each time.
  const source = useMemo(
    () => new PageSource<A>((after, limit) => load(after, limit, fromEnd), run),
    [question, fromEnd],
  )
  useEffect(() => () => source.close(), [source])
  useSyncExternalStore(source.subscribe, () => source.version)
  // From the end, places count from the last row upwards.
  const list = useList(source.count, height)
  const { cursor, top } = list
  // A screen ahead, so that the next page is there when somebody comes to it.
  const last = top + 2 * height
  useEffect(() => {
    void source.ensure(top, last)
  }, [source, top, last])
  const seen = useRef(tick)
  useEffect(() => {
    if (!isActive || seen.current === tick) return
    seen.current = tick
    void source.refresh(top, last)
  }, [isActive, tick, source, top, last])

  const shown = Math.max(0, Math.min(height, source.count - top))
  const near = Array.from({ length: shown }, (_, index) => source.row(top + index))
  const goTo = (row: number): void => {
    setEndOf(undefined)
    list.goTo(row)
  }
  const toEnd = (): void => {
    setEndOf(question)
    list.goTo(0)
  }
  const { up, down, first, last: lastKnown, pageUp, pageDown } = list.handlers
  return {
    goTo,
    source,
    chosen: source.row(cursor),
    top: 0,
    cursor: fromEnd ? shown - 1 - (cursor - top) : cursor - top,
    visible: fromEnd ? near.toReversed() : near,
    handlers: fromEnd
      ? { down: up, up: down, first: () => goTo(0), last: first, pageDown: pageUp, pageUp: pageDown }
      : { down, up, first, last: source.isComplete ? lastKnown : toEnd, pageDown, pageUp },
  }
}
