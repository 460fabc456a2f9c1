import type { TraceNode } from '../trace-view.ts'

const percent = (share: number): string => {
  const rounded = Number((share * 100).toPrecision(4))
  return share > 0 && rounded < 0.01 ? '<0.01 %' : `${Number(rounded.toFixed(2))} %`
}

type Shared = Pick<TraceNode, 'share' | 'shareUnitOfMeasureSymbol'>

/**
 * A share as people read it: `15.5 %`, or `15.5 % of kg` where something that does not convert to kilograms went in too.
 * Empty where it cannot be told.
 */
export const shareText = ({ share, shareUnitOfMeasureSymbol: unit }: Shared): string => {
  if (share === null) return ''
  return unit === null ? percent(share) : `${percent(share)} of ${unit}`
}

/** A share in a sentence: `30 % of it`, `30 % from it`; `30 % of the kg in it`, `30 % of the kg from it`. */
export const shareWords = ({ reach, ...shared }: Shared & Pick<TraceNode, 'reach'>): string => {
  const unit = shared.shareUnitOfMeasureSymbol
  const part = shareText({ ...shared, shareUnitOfMeasureSymbol: null })
  if (part === '' || reach === 'SELF') return ''
  const of = unit === null ? '' : `of the ${unit} `
  return reach === 'ANCESTOR' ? `${part} ${of === '' ? 'of' : `${of}in`} it` : `${part} ${of}from it`
}
