import { describe, expect, it } from 'vitest'
import { addressesOf, type Resolve, whyNotPublic } from './public-address.ts'

const to =
  (...addresses: readonly string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

const nobody: Resolve = async (hostname) => {
  throw new Error(`${hostname} was looked up`)
}

describe('a public address', () => {
  it.each(['93.184.215.14', '1.1.1.1', '2606:4700:4700::1111', '::ffff:1.1.1.1', '172.32.0.1', '192.169.0.1'])(
    'is %s',
    (address) => {
      expect(whyNotPublic(address)).toBeUndefined()
    },
  )

  it.each([
    ...['127.0.0.1', '127.8.9.10', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
    ...['0.0.0.0', '100.64.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a00:1', 'fe80::1', 'fe80::1%eth0', 'fc00::1'],
    ...['fd12:3456::1', 'ff02::1', '2001:db8::1', '64:ff9b::7f00:1', '2002:7f00:1::1', 'nonsense', ''],
    ...['::127.0.0.1', '::a00:1', '::101:101', '4000::1', '100::1'],
  ])('is not %s', (address) => {
    expect(whyNotPublic(address)).toBeTypeOf('string')
  })
})

describe('a host', () => {
  it('is what its name leads to, and that is looked up once', async () => {
    expect(await addressesOf('hooks.example', to('93.184.215.14'), false)).toEqual([
      { address: '93.184.215.14', family: 4 },
    ])
  })

  it.each([
    ['127.0.0.1', nobody],
    ['[::1]', nobody],
    ['[::ffff:127.0.0.1]', nobody],
    ['[::ffff:7f00:1]', nobody],
    ['hooks.example', to('127.0.0.1')],
    ['hooks.example', to('::ffff:10.1.2.3')],
    ['hooks.example', to('93.184.215.14', '169.254.169.254')],
  ])('is refused where it is %s, or leads there', async (host, resolve) => {
    await expect(addressesOf(host, resolve, false)).rejects.toThrow(/is not a public address.*LOTBOOK_WEBHOOK_PRIVATE/u)
    await expect(addressesOf(host, resolve, true)).resolves.not.toHaveLength(0)
  })

  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://127.1/', 'http://0177.0.0.1/'])(
    'is refused however it is written: %s',
    async (url) => {
      await expect(addressesOf(new URL(url).hostname, nobody, false)).rejects.toThrow(/is not a public address/u)
    },
  )

  it('that has no address is refused', async () => {
    await expect(addressesOf('hooks.example', to(), false)).rejects.toThrow('hooks.example has no address')
  })
})
