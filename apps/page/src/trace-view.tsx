import { type PictureLine, pictureLines } from '@lotbook/picture'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { Api } from './api/api.ts'
import { LotDetails } from './details/lot-details.tsx'
import type { Fetched } from './details/use-fetched.ts'
import { ExportMenu } from './export-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type Filters, isFiltering, matchingLots, noFilters, stepMatches } from './genealogy/filters.ts'
import type { Genealogy, KnownLot, Side } from './genealogy/genealogy.ts'
import { handleOf, type Opened, shownLots } from './genealogy/shown.ts'
import { GraphView } from './graph/graph-view.tsx'
import { PrintedTrace } from './printed-trace.tsx'
import { EndsView } from './tables/ends-view.tsx'
import { LotsTable } from './tables/lots-table.tsx'
import { StepsTable } from './tables/steps-table.tsx'
import { TraceHeading } from './trace-heading.tsx'
import { useLotsAt } from './use-lots-at.ts'
import type { TraceActions } from './use-trace.ts'
import { type ViewName, ViewTabs } from './view-tabs.tsx'

/** A trace, seen in one of four ways. */
export interface TraceViewProps {
  readonly api: Api
  readonly genealogy: Genealogy
  readonly opened: Opened
  readonly actions: TraceActions
  /** Which way and how far the trace goes. */
  readonly options: ReactNode
  readonly onTrace: (lotId: string) => void
  readonly tell: (text: string) => void
}

const lotsIn = ({ lots }: Genealogy, ids: ReadonlySet<string>): readonly KnownLot[] =>
  [...lots.values()].filter(({ lotId }) => ids.has(lotId))

const matchingWords = (lying: Fetched<unknown>, counted: string): string => {
  if (lying.kind === 'failed') return `It cannot be told what lies there: ${lying.error.message}`
  return lying.kind === 'loading' ? 'Reading what lies there…' : `${counted} lots match`
}

/** Shows a trace: the picture, the lots, the steps, or what it ends in; with filters, details and files of it. */
export const TraceView = ({ api, genealogy, opened, actions, options, onTrace, tell }: TraceViewProps) => {
  const [view, setView] = useState<ViewName>('graph')
  const [chosen, setChosen] = useState('')
  const [filters, setFilters] = useState<Filters>(noFilters)
  const [isFilterOpen, setFilterOpen] = useState(false)
  const root = genealogy.trace.lotId

  const lying = useLotsAt(api, filters.location, genealogy.trace.asOf)
  const atLocation = lying.kind === 'ready' ? lying.value : null
  const matching = useMemo(() => matchingLots(genealogy, filters, atLocation), [genealogy, filters, atLocation])
  const shown = useMemo(() => shownLots(genealogy, opened), [genealogy, opened])
  const isHiding = filters.hides && isFiltering(filters)
  const lots = useMemo(() => {
    const all = lotsIn(genealogy, shown)
    return isHiding ? all.filter(({ lotId }) => lotId === root || matching.has(lotId)) : all
  }, [genealogy, shown, isHiding, matching, root])
  const lines = useMemo((): readonly PictureLine[] => {
    const drawn = new Set(lots.map(({ lotId }) => lotId))
    const edges = [...genealogy.edges.values()].filter(({ source, target }) => drawn.has(source) && drawn.has(target))
    return pictureLines(isHiding ? edges.filter((edge) => stepMatches(edge, filters)) : edges)
  }, [genealogy, lots, isHiding, filters])
  const listed = useMemo(() => lotsIn(genealogy, matching), [genealogy, matching])
  const steps = useMemo(
    () =>
      [...genealogy.edges.values()].filter(
        (edge) => matching.has(edge.source) && matching.has(edge.target) && stepMatches(edge, filters),
      ),
    [genealogy, matching, filters],
  )

  const handle = useCallback(
    (lotId: string, side: Side) => handleOf(genealogy, shown, opened, lotId, side),
    [genealogy, shown, opened],
  )
  const close = (): void => {
    setChosen('')
    document.querySelector<SVGElement>('.lot[tabindex="0"]')?.focus({ preventScroll: true })
  }

  const details = genealogy.lots.get(chosen)
  // Until it is known what lies at a place, nobody can say what matches: no number, and no file.
  const isKnown = lying.kind === 'ready'
  const counted = isKnown ? `${matching.size} of ${genealogy.lots.size}` : '…'
  return (
    <>
      <TraceHeading genealogy={genealogy} shown={lots.length}>
        <ExportMenu
          api={api}
          genealogy={genealogy}
          lots={lots}
          lines={lines}
          listed={listed}
          steps={steps}
          isKnown={isKnown}
          tell={tell}
        />
      </TraceHeading>
      <div className="bar">
        <ViewTabs view={view} onView={setView} />
        <button
          type="button"
          className={isFiltering(filters) ? 'active' : undefined}
          aria-expanded={isFilterOpen}
          aria-controls="filters"
          onClick={() => setFilterOpen(!isFilterOpen)}
        >
          Filter{isFiltering(filters) ? `: ${counted}` : ''}
        </button>
        <div className="options">{options}</div>
      </div>
      {isFilterOpen && (
        <FilterBar
          api={api}
          genealogy={genealogy}
          filters={filters}
          matching={matchingWords(lying, counted)}
          onFilters={setFilters}
          tell={tell}
        />
      )}
      <div className={details === undefined ? 'stage' : 'stage with-details'}>
        <div className="view" id="view" role="tabpanel" aria-labelledby={`view-${view}`}>
          {view === 'graph' && (
            <GraphView
              root={root}
              lots={lots}
              lines={lines}
              matching={isFiltering(filters) ? matching : null}
              chosen={chosen}
              handle={handle}
              onChoose={setChosen}
              onToggle={actions.toggle}
              onEscape={() => setChosen('')}
              onExpandAll={actions.expandAll}
              onCollapseAll={actions.collapseAll}
            />
          )}
          {view === 'lots' && (
            <LotsTable
              caption={`Lots: ${isFiltering(filters) ? counted : listed.length}`}
              lots={listed}
              onChoose={setChosen}
            />
          )}
          {view === 'steps' && (
            <StepsTable
              caption={`Steps: ${isKnown ? steps.length : counted}`}
              steps={steps}
              lots={genealogy.lots}
              onChoose={setChosen}
            />
          )}
          {view === 'ends' && <EndsView api={api} genealogy={genealogy} lots={listed} onChoose={setChosen} />}
        </div>
        {details && (
          <LotDetails
            api={api}
            lot={details}
            asOf={genealogy.trace.asOf}
            handle={handle}
            onToggle={actions.toggle}
            onTrace={onTrace}
            onClose={close}
          />
        )}
      </div>
      <PrintedTrace
        genealogy={genealogy}
        lots={lots}
        lines={lines}
        listed={listed}
        steps={steps}
        filtered={isFiltering(filters) ? counted : null}
      />
    </>
  )
}
