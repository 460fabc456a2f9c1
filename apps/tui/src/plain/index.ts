// What the command line prints where there is no screen: the columns of the views as plain tables. Without Ink.
export { type Column, plainTable } from '../drawing/columns.ts'
export { safeText } from '../drawing/safe-text.ts'
export { amount, day, minute } from '../drawing/words.ts'
export { recordColumns, stockColumns } from '../views/lot/columns.ts'
export { lotColumns } from '../views/lots/columns.ts'
