import type { LotView } from '@lotbook/domain'
import { amount } from '@lotbook/picture'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type Api, ApiProblem } from '../api/api.ts'
import { asError } from '../details/use-fetched.ts'
import { StatusChip } from '../status-chip.tsx'
import { findLots } from './find-lots.ts'

/** Finds the lot to trace. */
export interface LotSearchProps {
  readonly api: Api
  readonly onLot: (lotId: string) => void
}

const patience = 180

interface Answer {
  readonly question: object
  readonly found?: readonly LotView[]
  readonly error?: Error
}

/** A field that lists lots while one types: arrow keys choose, Enter takes, Escape closes. */
export const LotSearch = ({ api, onLot }: LotSearchProps) => {
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [answer, setAnswer] = useState<Answer>()
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const question = useMemo(() => ({ api, text, isOpen }), [api, text, isOpen])
  // What was found for another text is gone with that text: Enter never takes a lot of it.
  const { found, error } = answer?.question === question ? answer : {}

  useEffect(() => {
    if (!isOpen) return
    const stop = new AbortController()
    const tell = (told: Omit<Answer, 'question'>): void => {
      if (stop.signal.aborted) return
      setAnswer({ question, ...told })
      setAt(0)
    }
    const timer = setTimeout(() => {
      findLots(api, text, stop.signal).then(
        (lots) => tell({ found: lots }),
        (cause: unknown) =>
          tell(cause instanceof ApiProblem && cause.status === 404 ? { found: [] } : { error: asError(cause) }),
      )
    }, patience)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [question])

  const take = (lot: LotView | undefined): void => {
    if (lot?.id == null) return
    onLot(lot.id)
    setText('')
    setOpen(false)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const count = found?.length ?? 0
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setOpen(true)
      if (count > 0) setAt((at + (event.key === 'ArrowDown' ? 1 : count - 1)) % count)
    } else if (event.key === 'Enter') take(found?.[at])
    else if (event.key === 'Escape') setOpen(false)
    else return
    event.preventDefault()
  }

  const chosen = found?.[at]
  return (
    <search className="lot-search">
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label="Search a lot by name, id or material"
        aria-expanded={isOpen}
        aria-controls="lots-found"
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : `found-${chosen.id}`}
        placeholder="Search a lot: name, id or material"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div className="found">
          {error && <p className="problem">{error.message}</p>}
          {found === undefined && error === undefined && <p className="quiet">Searching…</p>}
          {found?.length === 0 && <p className="quiet">No lot has that name, id or material.</p>}
          <div id="lots-found" role="listbox" aria-label="Lots">
            {found?.map((lot, index) => (
              // The keyboard goes through the field, by aria-activedescendant.
              <div
                key={lot.id}
                id={`found-${lot.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                onPointerDown={(event) => {
                  event.preventDefault()
                  take(lot)
                }}
              >
                <strong>{lot.name}</strong> <StatusChip status={lot.effectiveStatus} />
                <span className="quiet line">
                  {lot.materialPath}, {amount(lot.onHand, lot.unitOfMeasureSymbol)} on hand
                </span>
              </div>
            ))}
          </div>
        </div>
      )}
    </search>
  )
}
