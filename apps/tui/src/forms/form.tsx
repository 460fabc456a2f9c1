import type { ReactNode } from 'react'
import type { ViewParams } from '../app/view-ref.ts'

/** Soon. */
export const Form = ({ params }: { readonly params: ViewParams['form'] }): ReactNode => JSON.stringify(params)
