import { useRef } from 'react'

const keys = [
  ['← →', 'to a lot it came from or went into'],
  ['↑ ↓', 'to the next lot above or below'],
  ['Enter', 'open the details of a lot'],
  ['Escape', 'close them, back to the picture'],
  ['Shift + ← →', 'expand or collapse that side of a lot'],
  ['Home', 'to the traced lot'],
  ['+ − 0', 'larger, smaller, all of it'],
] as const

/** Says which keys work in the picture. */
export const KeyHelp = () => {
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        Keys
      </button>
      <dialog ref={dialog} aria-labelledby="keys-heading">
        <h2 id="keys-heading">Keys in the picture</h2>
        <dl>
          {keys.map(([key, about]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{about}</dd>
            </div>
          ))}
        </dl>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </dialog>
    </>
  )
}
