import { Effect, Result } from 'effect'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useApp } from '../app/app-context.ts'
import { bodyRows } from '../app/body-rows.ts'
import { edit, lineOf, sayLeftOut } from '../app/edit-line.ts'
import { Screen } from '../app/screen.tsx'
import type { ViewParams } from '../app/view-ref.ts'
import { clip, wrap } from '../drawing/fit.ts'
import { Line, Lines } from '../drawing/text.tsx'
import { shortestCode } from '../input/keyboard.ts'
import { formKeys, questionKeys } from '../keys/form-keys.ts'
import type { FormQuestion } from './form-definition.ts'
import { formFields } from './form-fields.ts'
import { formLines, windowOf } from './form-lines.ts'
import { changeLine, openForm, textsOf, withViolations } from './form-state.ts'
import { forms } from './forms.ts'
import { afterwardsLines, previewLines, questionText } from './question.ts'
import { makeReceipts } from './receipt.ts'
import { mayBeWritten, sayRefusal } from './say-refusal.ts'
import { callAsSeen } from './seen.ts'
import { type Asking, fitting, type Suggestion } from './suggestions.ts'
import { toRequest } from './to-request.ts'
import { useSuggestions } from './use-suggestions.ts'

interface Asked {
  readonly request: Readonly<Record<string, unknown>>
  readonly question: FormQuestion
}

const sendAgain = 'press Ctrl-S again, unchanged: it is done once; do not leave the form'
const sentAlready = 'it was sent already: what comes of it is said here'

const definitionOf = (name: string) => {
  const definition = forms[name]
  if (definition === undefined) throw new Error(`there is no form called ${name}`)
  return definition
}

/** A form over a request of the ledger. What is refused stays filled in; what matters asks, and the default is No. */
export const Form = ({ params }: { readonly params: ViewParams['form'] }): ReactNode => {
  const { inventory, caller, columns, rows, back, say, wrote, run, during } = useApp()
  const definition = definitionOf(params.form)
  const fields = useMemo(() => formFields(definition), [definition])
  const [state, setState] = useState(() => openForm(fields, params.filled))
  const [refused, setRefused] = useState<string | undefined>(undefined)
  const [asked, setAsked] = useState<Asked | undefined>(undefined)
  const receipts = useRef(makeReceipts(Date.now))
  // Nothing is sent twice by pressing twice.
  const isBusy = useRef(false)
  const isSent = useRef(false)
  const isLeft = useRef(false)
  useEffect(
    () => () => {
      isLeft.current = true
    },
    [],
  )
  // What was typed on the last line, where no field is: an Enter after it may be the end of a code.
  const stray = useRef('')
  const field = fields[state.at]
  const written = field === undefined ? '' : (state.lines[field.name]?.text ?? '')
  const asking: Asking = {
    inventory,
    caller,
    lotRecordType: definition.lotRecordType,
    texts: { ...params.filled, ...textsOf(state) },
  }
  const { all, isRead } = useSuggestions(asking, field, written)
  const offered = fitting(all, written).filter(({ text }) => text !== written)
  // Tab again goes on to the next one.
  const round = useRef<{ readonly texts: readonly Suggestion[]; readonly at: number } | undefined>(undefined)
  // Tab before anything was read: it completes the field as soon as there is something to complete it to.
  const isWaiting = useRef(false)
  useEffect(() => setRefused(undefined), [state.lines])

  const go = (by: number) => {
    stray.current = ''
    round.current = undefined
    isWaiting.current = false
    setState((now) => ({ ...now, at: Math.max(0, Math.min(fields.length, now.at + by)) }))
  }
  const change = (next: (line: ReturnType<typeof lineOf>) => ReturnType<typeof lineOf>) => {
    round.current = undefined
    isWaiting.current = false
    setState((now) => {
      const here = fields[now.at]
      return here === undefined ? now : changeLine(now, here.name, next(now.lines[here.name] ?? lineOf('')))
    })
  }
  const write = (text: string, isCode: boolean) => {
    if (field === undefined) {
      const all = stray.current + text.slice(0, 2 * columns)
      stray.current = isCode ? '' : all
      return notDone(all)
    }
    const left = sayLeftOut(state.lines[field.name] ?? lineOf(''), text)
    change((line) => edit.write(line, text))
    if (left !== undefined) say(left, 'warning')
    if (isCode) go(1)
  }
  const notDone = (code: string) =>
    say(`“${clip(code, 30)}” was scanned or typed where no field is: nothing was done`, 'warning')
  /** Whether a key of the last line was pressed by itself; says so where it may be the end of a code. */
  const isPressed = (after = 0): boolean => {
    const code = stray.current
    stray.current = ''
    if (code !== '') notDone(code)
    else if (after > 0) say('that Enter came at once with what was before it: nothing was done', 'warning')
    return code === '' && after === 0
  }
  const complete = () => {
    isWaiting.current = round.current === undefined && !isRead
    if (isWaiting.current) return
    const { texts, at } = round.current ?? { texts: offered, at: -1 }
    const next = texts[(at + 1) % Math.max(1, texts.length)]
    if (next === undefined) return go(1)
    change(() => lineOf(next.text))
    round.current = { texts, at: at + 1 }
  }
  useEffect(() => {
    if (isRead && isWaiting.current) complete()
  }, [isRead])

  const callOf = (request: Asked['request']) => callAsSeen(caller, params.seen, request)
  const perform = async (request: Asked['request']) => {
    const receipt = receipts.current(request)
    isSent.current = true
    const answer = await run(definition.perform(inventory)(request, { ...callOf(request), receipt }))
    isSent.current = false
    if (Result.isSuccess(answer)) {
      if (!isLeft.current) back()
      wrote(answer.success.records, answer.success.text)
    } else refuse(answer.failure)
  }
  const refuse = (refusal: Result.Result.Failure<Awaited<ReturnType<typeof tried>>>) => {
    if (isLeft.current) {
      const said = sayRefusal(refusal, params.about, 'look whether it is there before you do it again')
      return say(mayBeWritten(refusal) ? said : `not done: ${said}`, 'bad')
    }
    setAsked(undefined)
    if (refusal._tag === 'ValidationFailed') {
      setState((now) => withViolations(now, fields, refusal.violations))
      say('not done: look at the fields that are marked', 'bad')
    } else setRefused(sayRefusal(refusal, params.about, sendAgain))
  }
  const tried = (request: Asked['request']) => {
    const { dryRun, question } = definition
    if (question !== undefined) return run(question(inventory)(request, callOf(request)))
    if (dryRun === undefined) throw new Error(`the form ${params.form} has nothing to preview`)
    return run(
      Effect.map(
        dryRun(inventory)(request, callOf(request)),
        (preview): FormQuestion => ({
          text: questionText(definition.title, preview, params.about),
          lines: previewLines(preview),
        }),
      ),
    )
  }
  const check = async () => {
    isWaiting.current = false
    const request = await run(toRequest(asking, fields))
    // Who leaves a form before it was sent leaves nothing behind.
    if (isLeft.current) return
    if (Result.isFailure(request)) return refuse(request.failure)
    if (!definition.isDangerous(request.success)) return perform(request.success)
    const question = await tried(request.success)
    if (isLeft.current) return
    if (Result.isFailure(question)) refuse(question.failure)
    else setAsked({ request: request.success, question: question.success })
  }
  const once = (work: () => Promise<void>) => () => {
    if (isBusy.current) return
    isBusy.current = true
    void during(work()).finally(() => {
      isBusy.current = false
    })
  }
  const submit = once(check)
  const no = () => {
    setAsked(undefined)
    say(isBusy.current ? sentAlready : 'No: nothing was done', 'warning')
  }
  const cancel = () => {
    back()
    if (isSent.current) say(sentAlready, 'warning')
  }

  const title = [
    { text: definition.title, tone: 'title' },
    { text: params.about === undefined ? '' : ` ${params.about}`, tone: 'strong' },
  ] as const
  const height = bodyRows(rows)
  if (asked !== undefined) {
    const question = wrap(asked.question.text, columns)
    const afterwards = afterwardsLines(asked.question.lines, columns - 2, height - 2 - question.length)
    return (
      <Screen title={title} keys={questionKeys} handlers={{ yes: once(() => perform(asked.request)), no }} other={no}>
        <Lines columns={columns} lines={question.map((text) => [{ text, tone: 'warning' }])} />
        <Line columns={columns} pieces={[{ text: 'Afterwards:', tone: 'quiet' }]} />
        <Lines columns={columns} lines={afterwards.map((text) => [{ text: `  ${text}` }])} />
        <Line columns={columns} pieces={[{ text: 'Do it? [y/N] ', tone: 'strong' }]} />
      </Screen>
    )
  }
  // The lot that the form is about is shown by its name, though the request has its id.
  const lotIds = [params.filled['lotId'], params.filled['sourceLotId']]
  const sentence = refused === undefined ? [] : wrap(`! ${refused}`, columns)
  const lines = formLines(fields, state, offered, definition.title, columns, (id) =>
    lotIds.includes(id) ? params.about : undefined,
  )
  return (
    <Screen
      title={title}
      keys={formKeys}
      handlers={{
        submit,
        next: (key) => {
          if (field !== undefined) go(1)
          else if (isPressed(key?.after)) submit()
        },
        below: () => go(1),
        previous: () => go(-1),
        complete: (key) => {
          if (field === undefined) {
            if (isPressed()) say('Tab does nothing here: Enter does it, ↑ goes to the fields', 'warning')
          } else if ((key?.after ?? 0) >= shortestCode.keys) go(1)
          else complete()
        },
        left: () => change(edit.left),
        right: () => change(edit.right),
        start: () => change(edit.start),
        end: () => change(edit.end),
        rubOut: () => change(edit.rubOut),
        remove: () => change(edit.remove),
        clear: () => change(edit.clear),
        cancel,
      }}
      write={write}
      isField={field !== undefined}
    >
      <Lines columns={columns} lines={sentence.map((text) => [{ text, tone: 'bad' }])} />
      <Lines
        columns={columns}
        lines={windowOf(lines, state.at, Math.max(1, height - sentence.length)).map(({ pieces }) => pieces)}
      />
    </Screen>
  )
}
