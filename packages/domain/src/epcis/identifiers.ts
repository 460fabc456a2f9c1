import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import { readName, readPath } from '../text/name.ts'

/** What our own URIs begin with unless asked otherwise. */
export const usualBase = 'urn:lotbook:'

/** A lot by the names that a plant knows it by. */
export interface LotName {
  readonly materialPath: string
  readonly lotName: string
}

const absolute = /^[a-z][a-z0-9+.-]*:(?:[a-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/iu

/** Whether a text is an absolute URI (RFC 3986). */
export const isUri = (text: unknown): text is string => typeof text === 'string' && absolute.test(text)

/** Whether a text may begin our URIs: a URI that ends with `:` or `/`. */
export const isBase = (text: string): boolean => isUri(text) && /[:/]$/u.test(text) && !/[?#]/u.test(text)

// Segments of dots alone would be taken for steps in a tree.
const encode = (name: string): string =>
  encodeURIComponent(name).replace(/^\.{1,2}$/u, (dots) => '%2E'.repeat(dots.length))
const encodePath = (path: string): string => path.split('/').map(encode).join('/')

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    if (cause instanceof URIError) return undefined
    throw cause
  }
}

/** The path that stands behind a part of our URIs; undefined where it is none. */
const readEncoded = (text: string): string | undefined => {
  const names = text.split('/').map(decode)
  // A name that has a slash in it would become two.
  return names.some((name) => name === undefined || name.includes('/')) ? undefined : readPath(names.join('/'))
}

/** How our own things are called outside, below a base. Each can be read back. */
export const makeUris = (base: string) => {
  const after = (kind: string, uri: string): string | undefined =>
    uri.startsWith(`${base}${kind}/`) ? uri.slice(base.length + kind.length + 1) : undefined
  return {
    lot: ({ materialPath, lotName }: LotName): string => `${base}lot/${encodePath(materialPath)}/${encode(lotName)}`,
    location: (path: string): string => `${base}location/${encodePath(path)}`,
    operation: (id: Ulid): string => `${base}operation/${id}`,
    record: (id: Ulid): string => `${base}record/${id}`,
    productionOrder: (idOrName: string): string => `${base}production-order/${encode(idOrName)}`,
    supplier: (id: string): string => `${base}supplier/${encode(id)}`,
    readLot: (uri: string): LotName | undefined => {
      const path = readEncoded(after('lot', uri) ?? '')
      const cut = path?.lastIndexOf('/') ?? -1
      const lotName = path === undefined || cut < 1 ? undefined : readName(path.slice(cut + 1))
      return path === undefined || lotName === undefined ? undefined : { materialPath: path.slice(0, cut), lotName }
    },
    readLocation: (uri: string): string | undefined => readEncoded(after('location', uri) ?? ''),
    readOperation: (uri: string): Ulid | undefined => readUlid(after('operation', uri) ?? ''),
  }
}
/** See {@link makeUris}. */
export type Uris = ReturnType<typeof makeUris>

const lgtin = /^urn:epc:class:lgtin:(\d+\.\d+)\.(.+)$/u
const digitalLink = /^(https?:\/\/.+\/01\/\d{14})\/10\/([^/?#]+)$/u

/** Whether a URI is a Digital Link that says more behind the lot, such as its expiration date (17): the vocabulary allows none. */
export const saysMoreThanLot = (uri: string): boolean => /^https?:\/\/[^?#]+\/01\/\d{14}\/[^?#]*[?#]/iu.test(uri)

/** The trade item and the lot that a class id of GS1 says: an LGTIN, or a Digital Link with a GTIN (01) and a lot (10). */
export const readGs1Lot = (uri: string): { readonly tradeItem: string; readonly lotName: string } | undefined => {
  const [, item, lot] = lgtin.exec(uri) ?? []
  const [, link, number] = digitalLink.exec(uri) ?? []
  const lotName = readName(decode(lot ?? number ?? '') ?? '')
  if (lotName === undefined) return undefined
  return { tradeItem: item === undefined ? (link as string) : `urn:epc:idpat:sgtin:${item}.*`, lotName }
}
