import type { Caller, Inventory, RecordView } from '@lotbook/domain'
import { Effect, Result } from 'effect'
import { Box, useApp as useInk } from 'ink'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { completions, readCommand } from '../commands/command-table.ts'
import { clip } from '../drawing/fit.ts'
import { ColourContext } from '../drawing/look.ts'
import type { Tone } from '../drawing/tone.ts'
import { recordsOf } from '../forms/forms.ts'
import { makeReceipts } from '../forms/receipt.ts'
import { sayRefusal } from '../forms/say-refusal.ts'
import type { Expected, Typed } from '../input/keyboard.ts'
import type { KeyPress } from '../input/read-keys.ts'
import { globalKeys } from '../keys/global-keys.ts'
import type { Handlers } from '../keys/key-row.ts'
import type { Run } from '../lists/page-source.ts'
import { views } from '../views/views.ts'
import { ActiveContext, type App, AppContext, type Layer } from './app-context.ts'
import { findScanned } from './find-scanned.ts'
import { Prompt } from './prompt.tsx'
import { takeKey } from './take-key.ts'
import { type AskTakenUp, TakenUp } from './taken-up.tsx'
import { sayRecord, takeBack } from './undo.ts'
import { useLive } from './use-live.ts'
import { useUnderWay } from './use-under-way.ts'
import type { ViewRef } from './view-ref.ts'

/** What the app is given. */
export interface AppOptions {
  readonly inventory: Inventory
  readonly caller: Caller
  /** Where the ledger is, for people. */
  readonly where: string
  readonly hasColour: boolean
  /** Registers who gets what is typed and says when the screen has taken it up; returns how to stop that. */
  readonly listen: (typed: (typed: Typed) => Promise<void>, expects: () => Expected) => () => void
}

interface Entry {
  readonly key: number
  readonly ref: ViewRef
}

// Where text is written a code is text, and to a question it is one answer, which is No.
const codeKey = (text: string): KeyPress => ({ name: 'scan', text })

const run: Run = (effect) => Effect.runPromise(Effect.result(effect))

const Entered = ({ ref: { view, params } }: { readonly ref: ViewRef }): ReactNode => {
  // The table gives each view its own parameters; a union of pairs cannot say that here.
  const View = views[view] as (props: { readonly params: typeof params }) => ReactNode
  return <View params={params} />
}

/** The whole terminal: a stack of views, what is said below them, and the keys that work everywhere. */
export const Terminal = ({
  inventory,
  caller,
  where,
  hasColour,
  listen,
  columns,
  rows,
}: AppOptions & { readonly columns: number; readonly rows: number }): ReactNode => {
  const { exit } = useInk()
  const [stack, setStack] = useState<readonly Entry[]>([{ key: 0, ref: { view: 'lots', params: { query: {} } } }])
  const [flash, setFlash] = useState<App['flash']>(undefined)
  const [isHelpOpen, setHelp] = useState(false)
  const [isCommanding, setCommanding] = useState(false)
  const layers = useRef<readonly Layer[]>([])
  const written = useRef<readonly (readonly RecordView[])[]>([])
  const receipts = useRef(makeReceipts(Date.now))
  const takenUp = useRef<AskTakenUp>(() => Promise.resolve())
  const { tick, trouble, look } = useLive(inventory, caller, run)
  const { isUnderWay, during } = useUnderWay()

  const say = useCallback((text: string, tone: Tone = 'plain') => setFlash({ text, tone }), [])
  const open = useCallback((ref: ViewRef) => setStack((now) => [...now, { key: (now.at(-1)?.key ?? 0) + 1, ref }]), [])
  const back = useCallback(() => setStack((now) => (now.length > 1 ? now.slice(0, -1) : now)), [])
  const wrote = useCallback(
    (records: readonly RecordView[], text: string) => {
      if (records.length > 0) written.current = [...written.current, records]
      say(text, 'good')
      void look()
    },
    [look, say],
  )
  const addLayer = useCallback((layer: Layer) => {
    layers.current = [...layers.current, layer]
    return () => {
      layers.current = layers.current.filter((other) => other !== layer)
    }
  }, [])

  const scan = useCallback(
    async (code: string, as: 'lot' | 'recall' = 'lot') => {
      const answer = await during(run(findScanned(inventory, code, caller)))
      if (Result.isFailure(answer)) say(answer.failure.message, 'bad')
      else if (answer.success === undefined) say(`no lot is called “${code}”`, 'bad')
      else if (as === 'recall' && answer.success.view === 'lot') open({ ...answer.success, view: 'recall' })
      else open(answer.success)
    },
    [inventory, caller, open, say, during],
  )

  const undo = useCallback(async () => {
    const records = written.current.at(-1)
    if (records === undefined) {
      say('nothing was written in this session that could be taken back', 'warning')
      return
    }
    const answer = await during(run(takeBack(inventory, records, caller, receipts.current)))
    if (Result.isFailure(answer)) {
      say(sayRefusal(answer.failure, undefined, 'take it back again, it is done once'), 'bad')
      return
    }
    written.current = written.current.filter((one) => one !== records)
    const said = (text: string, all: readonly RecordView[]) =>
      all.length === 0 ? [] : [`${text}: ${all.map(sayRecord).join(', ')}`]
    const done = answer.success.flatMap((one) => ('answer' in one ? recordsOf(one.answer) : []))
    const already = answer.success.flatMap((one) => ('already' in one ? [one.already] : []))
    wrote([], [...said('taken back', done), ...said('it was taken back already', already)].join('; '))
  }, [inventory, caller, say, wrote, during])

  const command = useCallback(
    (line: string) => {
      setCommanding(false)
      if (line.trim() === '') return
      const result = readCommand(line)
      if ('refused' in result) say(result.refused, 'bad')
      else if ('scan' in result) void scan(result.scan, result.view)
      else if ('view' in result) open(result)
      else if (result.does === 'help') setHelp(true)
      else if (result.does === 'undo') void undo()
      else exit()
    },
    [exit, open, say, scan, undo],
  )

  const globals: Handlers<typeof globalKeys> = {
    help: () => setHelp((is) => !is),
    command: () => setCommanding(true),
    back: () => (isHelpOpen ? setHelp(false) : back()),
    undo: () => void undo(),
    quit: () => exit(),
  }

  const take = (typed: Typed): void => {
    if (typed.kind === 'lost') {
      loose(typed.text)
      return
    }
    if (typed.kind === 'scan') {
      setHelp(false)
      setFlash(undefined)
      if (takenByLayer(codeKey(typed.code))) return
      // Who types or pastes a whole command at once means the command: no lot has such a name.
      if (typed.code.startsWith(':')) command(typed.code.slice(1))
      else void scan(typed.code)
      return
    }
    const { key } = typed
    // Leaving works while writing too; everything else goes to who was added last, and then to all views.
    if (key.name === 'ctrl-c') exit()
    else {
      setFlash(undefined)
      if (key.name === 'text') loose(key.text ?? '')
      else if (!takenByLayer(key)) takeKey(globalKeys, globals, key, say)
    }
  }
  /** Characters that came at once and are no keys: where nobody writes they are no use, which is said. */
  const loose = (text: string): void => {
    if (!takenByLayer({ name: 'text', text }))
      say(`“${clip(text, columns / 2)}” came too fast for keys and without Enter: nothing is done`, 'warning')
  }
  const takenByLayer = (key: KeyPress): boolean => {
    if (isHelpOpen && key.name === 'escape') return false
    return layers.current.toReversed().some((layer) => layer.take(key))
  }
  const latest = useRef(take)
  latest.current = take
  useEffect(
    () =>
      listen(
        (typed) => {
          latest.current(typed)
          return takenUp.current()
        },
        () => layers.current.at(-1)?.expects() ?? 'keys',
      ),
    [listen],
  )

  const app = useMemo(
    (): App => ({
      ...{ inventory, caller, columns, rows, where, tick, trouble, flash, isHelpOpen, isUnderWay },
      ...{ open, back, say, wrote, run, during, addLayer },
    }),
    [
      inventory,
      caller,
      columns,
      rows,
      where,
      tick,
      trouble,
      flash,
      isHelpOpen,
      isUnderWay,
      open,
      back,
      say,
      wrote,
      during,
      addLayer,
    ],
  )
  return (
    <ColourContext value={hasColour}>
      <AppContext value={app}>
        <Box flexDirection="column" width={columns} height={rows - 1}>
          {stack.map(({ key, ref }, index) => (
            <ActiveContext key={key} value={index === stack.length - 1}>
              <Entered ref={ref} />
            </ActiveContext>
          ))}
          {isCommanding && (
            <Box position="absolute" marginTop={rows - 3}>
              <Prompt sign=":" start="" suggest={completions} take={command} leave={() => setCommanding(false)} />
            </Box>
          )}
          <TakenUp asked={takenUp} />
        </Box>
      </AppContext>
    </ColourContext>
  )
}
