import type { ReactNode } from 'react'
import type { ViewParams } from '../../app/view-ref.ts'

/** Soon. */
export const Actions = ({ params }: { readonly params: ViewParams['actions'] }): ReactNode => JSON.stringify(params)
