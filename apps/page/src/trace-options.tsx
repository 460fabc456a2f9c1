import { useState } from 'react'
import type { TraceOptions } from './api/api.ts'

const directions = [
  ['ANCESTORS', 'Where from'],
  ['BOTH', 'Both ways'],
  ['DESCENDANTS', 'Where to'],
] as const

const depths = [1, 2, 3, 5, 10] as const

// What a date field holds is the time of the reader.
const toField = (asOf: string): string => {
  if (asOf === '' || Number.isNaN(Date.parse(asOf))) return ''
  const date = new Date(asOf)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

// Moments are shown to the minute: one that is typed is its last, so that all that was shown at it is in the trace.
const fromField = (typed: string): string => (typed === '' ? '' : new Date(Date.parse(typed) + 59_999).toISOString())

/** Which way, how far and as of when the trace goes. */
export const TraceOptionsBar = ({
  options,
  onOptions,
}: {
  readonly options: TraceOptions
  readonly onOptions: (options: TraceOptions) => void
}) => {
  // What is typed and not yet taken; it is forgotten where another moment is traced.
  const [typed, setTyped] = useState<{ readonly asOf: string; readonly over: string }>()
  const asOf = typed?.over === options.asOf ? typed.asOf : toField(options.asOf)
  const applyAsOf = (): void => {
    const moment = fromField(asOf)
    if (toField(moment) !== toField(options.asOf)) onOptions({ ...options, asOf: moment })
  }
  return (
    <>
      <fieldset className="segments">
        <legend>Direction</legend>
        {directions.map(([direction, name]) => (
          <label key={direction}>
            <input
              type="radio"
              name="direction"
              checked={options.direction === direction}
              onChange={() => onOptions({ ...options, direction })}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <label className="small-field">
        <span>Depth</span>
        <select
          value={options.depth ?? ''}
          onChange={({ target }) => onOptions({ ...options, depth: target.value === '' ? null : Number(target.value) })}
        >
          <option value="">To the end</option>
          {depths.map((depth) => (
            <option key={depth} value={depth}>
              {depth === 1 ? '1 step' : `${depth} steps`}
            </option>
          ))}
        </select>
      </label>
      <label className="small-field">
        <span>As of</span>
        <input
          type="datetime-local"
          value={asOf}
          onChange={({ target }) => setTyped({ asOf: target.value, over: options.asOf })}
          onBlur={applyAsOf}
          onKeyDown={({ key }) => {
            if (key === 'Enter') applyAsOf()
          }}
        />
      </label>
    </>
  )
}
