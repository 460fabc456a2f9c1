import { type LookupAddress, promises } from 'node:dns'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Finds the addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

/** Asks the resolver of the operating system, as every connection does. */
export const systemResolve: Resolve = (hostname) => promises.lookup(hostname, { all: true, verbatim: true })

/** An address that is not to be called, or a name that leads to one. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
  constructor(address: string, range: string) {
    super(
      `${address} is not a public address (${range}): set LOTBOOK_WEBHOOK_PRIVATE=allow on the server to deliver there`,
    )
  }
}

// All other addresses of IPv6 are nobody's in public, or hold one of IPv4 (RFC 4291, sections 2.4 and 2.5.5).
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Why an IP address is not public: the name of its range; undefined for a public one. IPv4 inside IPv6 is IPv4. */
export const whyNotPublic = (address: string): string | undefined => {
  // A zone is a part of this machine's own network.
  if (address.includes('%')) return 'zone'
  if (!ipaddr.isValid(address)) return 'no address'
  const found = ipaddr.process(address)
  const range = found.range()
  if (range !== 'unicast') return range
  return found instanceof ipaddr.IPv6 && !found.match(globalUnicast) ? 'reserved' : undefined
}

/**
 * The addresses that a host may be called at. All of what its name resolves to must be public: the connection is made
 * to these very addresses, so that a name cannot mean something else a moment later.
 */
export const addressesOf = async (
  hostname: string,
  resolve: Resolve,
  allowsPrivate: boolean,
): Promise<readonly LookupAddress[]> => {
  const host = hostname.replace(/^\[(.*)\]$/u, '$1')
  const family = isIP(host)
  const found = family === 0 ? await resolve(host) : [{ address: host, family }]
  if (found.length === 0) throw new Error(`${host} has no address`)
  for (const { address } of allowsPrivate ? [] : found) {
    const range = whyNotPublic(address)
    if (range !== undefined) throw new AddressRefused(address === host ? host : `${host} (${address})`, range)
  }
  return found
}
