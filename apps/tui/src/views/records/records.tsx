import type { ReactNode } from 'react'
import type { ViewParams } from '../../app/view-ref.ts'

/** Soon. */
export const Records = ({ params }: { readonly params: ViewParams['records'] }): ReactNode => JSON.stringify(params)
