export type { ApiKey, FoundKey, KeyStore, MadeKey, NewKey } from './keys/api-key.ts'
export { SchemaTooNew } from './migrate.ts'
export { type OpenOptions, type OpenStore, openStore, type StoreInfo } from './open-store.ts'
