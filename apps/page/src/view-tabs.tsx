import type { KeyboardEvent } from 'react'

const views = [
  ['graph', 'Picture'],
  ['lots', 'Lots'],
  ['steps', 'Steps'],
  ['ends', 'Where it ended'],
] as const
/** The ways in which a trace is seen. */
export type ViewName = (typeof views)[number][0]

/** Chooses how the trace is seen; left and right go from one to the next. */
export const ViewTabs = ({ view, onView }: { readonly view: ViewName; readonly onView: (view: ViewName) => void }) => {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? views.length - 1 : 0
    if (step === 0) return
    event.preventDefault()
    const [next = view] = views[(views.findIndex(([name]) => name === view) + step) % views.length] ?? []
    onView(next)
    document.getElementById(`view-${next}`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label="View" onKeyDown={onKeyDown}>
      {views.map(([name, label]) => (
        <button
          key={name}
          id={`view-${name}`}
          type="button"
          role="tab"
          aria-selected={view === name}
          aria-controls="view"
          tabIndex={view === name ? 0 : -1}
          onClick={() => onView(name)}
        >
          {label}
        </button>
      ))}
    </div>
  )
}
