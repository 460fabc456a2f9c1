import type { ReactNode } from 'react'
import type { ViewParams } from '../../app/view-ref.ts'

/** Soon. */
export const Lot = ({ params }: { readonly params: ViewParams['lot'] }): ReactNode => JSON.stringify(params)
