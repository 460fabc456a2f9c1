import type { ReactNode } from 'react'
import type { ViewParams } from '../../app/view-ref.ts'

/** Soon. */
export const Record = ({ params }: { readonly params: ViewParams['record'] }): ReactNode => JSON.stringify(params)
