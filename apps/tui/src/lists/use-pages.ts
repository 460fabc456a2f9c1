import { useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { ActiveContext, useApp } from '../app/app-context.ts'
import { type LoadPage, PageSource } from './page-source.ts'
import { type ListState, useList } from './use-list.ts'

/** A paged list on the screen. */
export interface PagedList<A> extends ListState {
  readonly source: PageSource<A>
  /** The rows on the screen, from the top; undefined for one that is being read. */
  readonly visible: readonly (A | undefined)[]
  readonly chosen: A | undefined
}

/** Reads a list as far as it is looked at, and again when something was written. `question` names what is asked for. */
export const usePages = <A>(question: string, load: LoadPage<A>, height: number): PagedList<A> => {
  const { run, tick } = useApp()
  const isActive = useContext(ActiveContext)
  // A new question is a new list; how it is read may be another function each time.
  const source = useMemo(() => new PageSource<A>(load, run), [question])
  useEffect(() => () => source.close(), [source])
  useSyncExternalStore(source.subscribe, () => source.version)
  const list = useList(source.count, height, () => source.toEnd())
  const { cursor, top } = list
  const last = top + height + 1
  useEffect(() => {
    void source.ensure(top, last)
  }, [source, top, last])
  const seen = useRef(tick)
  useEffect(() => {
    if (!isActive || seen.current === tick) return
    seen.current = tick
    void source.refresh(top, last)
  }, [isActive, tick, source, top, last])
  const rows = Math.max(0, Math.min(height, source.count - top))
  const visible = Array.from({ length: rows }, (_, index) => source.row(top + index))
  return { ...list, source, visible, chosen: source.row(cursor) }
}
