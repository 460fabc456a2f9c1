/** Every permission there is. A parent grants its children: `INVENTORY.WRITE` grants `INVENTORY.WRITE.CONSUME`. */
export const permissions = [
  'INVENTORY.READ.GET',
  'INVENTORY.READ.VALIDATE',
  'INVENTORY.WRITE.SAVE',
  'INVENTORY.WRITE.CHANGE_STATUS',
  'INVENTORY.WRITE.CONSUME',
  'INVENTORY.WRITE.UNCONSUME',
  'INVENTORY.WRITE.PRODUCE',
  'INVENTORY.WRITE.MOVE',
  'INVENTORY.WRITE.SPLIT',
  'INVENTORY.WRITE.MERGE',
  'INVENTORY.WRITE.SCRAP',
  'INVENTORY.WRITE.RETURN',
  'INVENTORY.WRITE.EDIT',
  'INVENTORY.WRITE.RECEIVE',
  'INVENTORY.WRITE.SHIP',
  'INVENTORY.WRITE.RELEASE',
  'INVENTORY.WRITE.DELETE',
  'INVENTORY.WRITE.MASTER_DATA',
  'INVENTORY.WRITE.ON_BEHALF',
  'INVENTORY.ADMIN',
] as const
/** The right to do one thing. */
export type Permission = (typeof permissions)[number]

/** What a key or a caller may be given: a permission or a parent of some. */
export const grants = ['INVENTORY', 'INVENTORY.READ', 'INVENTORY.WRITE', ...permissions] as const
/** A permission, or a parent that stands for all below it. */
export type Grant = (typeof grants)[number]

/** Whether the grants held cover a permission. Nothing is granted by default. */
export const permits = (held: readonly Grant[], asked: Permission): boolean =>
  held.some((grant) => asked.startsWith(grant) && (asked.length === grant.length || asked[grant.length] === '.'))

/** Every permission that grants come to, sorted: a parent stands for all below it. */
export const permissionsOf = (held: readonly Grant[]): readonly Permission[] =>
  permissions.filter((permission) => permits(held, permission)).sort()
