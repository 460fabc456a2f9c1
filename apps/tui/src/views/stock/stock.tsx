import type { ReactNode } from 'react'
import type { ViewParams } from '../../app/view-ref.ts'

/** Soon. */
export const Stock = ({ params }: { readonly params: ViewParams['stock'] }): ReactNode => JSON.stringify(params)
