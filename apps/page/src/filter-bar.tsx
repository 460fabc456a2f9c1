import type { LotStatus } from '@lotbook/domain'
import { useEffect, useState } from 'react'
import { type Api, allOf } from './api/api.ts'
import { asError } from './details/use-fetched.ts'
import { type Filters, isFiltering, noFilters } from './genealogy/filters.ts'
import type { Genealogy } from './genealogy/genealogy.ts'
import { statuses } from './words.ts'

/** What is looked for in a trace. */
export interface FilterBarProps {
  readonly api: Api
  readonly genealogy: Genealogy
  readonly filters: Filters
  /** How many lots match, in words. */
  readonly matching: string
  readonly onFilters: (filters: Filters) => void
  readonly tell: (text: string) => void
}

/** Every path, and every path above one. */
const withFolders = (paths: readonly string[]): readonly string[] => {
  const all = new Set<string>()
  for (const path of paths) {
    const names = path.split('/')
    for (const index of names.keys()) all.add(names.slice(0, index + 1).join('/'))
  }
  return [...all].toSorted()
}

const Choice = ({
  name,
  value,
  paths,
  onChange,
}: {
  readonly name: string
  readonly value: string
  readonly paths: readonly string[]
  readonly onChange: (path: string) => void
}) => (
  <label className="small-field">
    <span>{name}</span>
    <select value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">Any</option>
      {paths.map((path) => (
        <option key={path} value={path}>
          {path}
        </option>
      ))}
    </select>
  </label>
)

const Day = ({
  name,
  value,
  onChange,
}: {
  readonly name: string
  readonly value: string
  readonly onChange: (day: string) => void
}) => (
  <label className="small-field">
    <span>{name}</span>
    <input type="date" value={value} onChange={({ target }) => onChange(target.value)} />
  </label>
)

/** Filters by status, material, location and the days of records. */
export const FilterBar = ({ api, genealogy, filters, matching, onFilters, tell }: FilterBarProps) => {
  const [locations, setLocations] = useState<readonly string[]>([])
  useEffect(() => {
    allOf(api.locations, {}).then(
      (all) => setLocations(all.map(({ path }) => path)),
      (cause: unknown) => tell(asError(cause).message),
    )
  }, [api, tell])

  const toggle = (status: LotStatus): void => {
    const next = new Set(filters.statuses)
    if (!next.delete(status)) next.add(status)
    onFilters({ ...filters, statuses: next })
  }
  const lots = [...genealogy.lots.values()]
  const present = statuses.filter((status) => lots.some(({ effectiveStatus }) => effectiveStatus === status))

  return (
    <fieldset className="filters" id="filters">
      <legend>Filter</legend>
      <div className="status-choices">
        {present.map((status) => (
          <label key={status} className={`chip ${status.toLowerCase()}`}>
            <input type="checkbox" checked={filters.statuses.has(status)} onChange={() => toggle(status)} />
            {status}
          </label>
        ))}
      </div>
      <Choice
        name="Material"
        value={filters.material}
        paths={withFolders(lots.map(({ materialPath }) => materialPath))}
        onChange={(material) => onFilters({ ...filters, material })}
      />
      <Choice
        name="Lies at"
        value={filters.location}
        paths={locations}
        onChange={(path) => onFilters({ ...filters, location: path })}
      />
      <Day name="Records from" value={filters.from} onChange={(from) => onFilters({ ...filters, from })} />
      <Day name="to" value={filters.to} onChange={(to) => onFilters({ ...filters, to })} />
      {isFiltering(filters) && (
        <>
          <label className="check">
            <input
              type="checkbox"
              checked={filters.hides}
              onChange={({ target }) => onFilters({ ...filters, hides: target.checked })}
            />
            Hide the others
          </label>
          <output>{matching}</output>
          <button type="button" onClick={() => onFilters(noFilters)}>
            Clear
          </button>
        </>
      )}
    </fieldset>
  )
}
