import { describe, expect, it } from 'vitest'
import { keyOf, uriInOneForm } from './event-key.ts'

describe('a URI in one form', () => {
  it.each([
    ['urn:uuid:AAAAAAAA-1111-4111-8111-AAAAAAAAAAAA', 'urn:uuid:aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'],
    ['URN:Uuid:aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa', 'urn:uuid:aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'],
    ['URN:Acme:Event:a%2fB?+where?=how#part', 'urn:acme:Event:a%2FB'],
    ['urn:acme:event:1?x', 'urn:acme:event:1?x'],
    ['HTTPS://Example.COM/Events/a?x=B#C', 'https://example.com/Events/a?x=B#C'],
    ['ni:///sha-256;0aB?ver=CBV2.0', 'ni:///sha-256;0aB?ver=CBV2.0'],
  ])('%s is %s', (uri, one) => {
    expect(uriInOneForm(uri)).toBe(one)
  })

  it('keeps apart what differs in more than spelling', () => {
    const ids = [
      'urn:acme:event:a',
      'urn:acme:event:A',
      'urn:acme:Event:a',
      'https://example.com/a',
      'http://example.com/a',
    ]
    expect(new Set(ids.map(uriInOneForm)).size).toBe(ids.length)
  })
})

describe('what tells an event from others', () => {
  const event = {
    eventTime: '2026-11-02T08:00:00.000Z',
    eventTimeZoneOffset: '+00:00',
    quantityList: [{ quantity: 1 }],
  }

  it('without an id is all that it says, instants in any spelling', () => {
    const same = [
      { ...event, eventTime: '2026-11-02T08:00:00Z' },
      { ...event, eventTime: '2026-11-02T09:00:00+01:00', eventTimeZoneOffset: '+01:00' },
      { ...event, eventTime: '2026-11-02T08:00Z', recordTime: '2026-11-03T08:00:00Z' },
      { ...event, errorDeclaration: { declarationTime: '2026-11-03T08:00:00Z' } },
    ]
    for (const other of same) expect(keyOf(other)).toBe(keyOf(event))
    const said = (time: string) => keyOf({ ...event, sensorElementList: [{ sensorMetadata: { time } }] })
    expect(said('2026-11-02T08:00:00+01:00')).toBe(said('2026-11-02T07:00:00Z'))
  })

  it('without an id differs with all else', () => {
    const others = [
      { ...event, eventTime: '2026-11-02T08:00:00.001Z' },
      { ...event, quantityList: [{ quantity: 2 }] },
      { ...event, bizStep: 'receiving' },
    ]
    expect(new Set([event, ...others].map(keyOf)).size).toBe(4)
  })

  it('with an id is the id', () => {
    const id = { eventID: 'urn:uuid:AAAAAAAA-1111-4111-8111-AAAAAAAAAAAA' }
    expect(keyOf({ ...event, ...id })).toBe('urn:uuid:aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa')
    expect(keyOf({ ...id, eventTime: '2026-11-09T08:00:00Z' })).toBe(keyOf({ ...event, ...id }))
  })
})
