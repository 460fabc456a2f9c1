import { describe, expect, it } from 'vitest'
import { lockOffences, readAudit } from './audit.ts'

describe('the audit of dependencies', () => {
  it('is clean where the registry knows of nothing, or of nothing serious', () => {
    expect(readAudit('{"vulnerabilities":{}}')).toEqual({ kind: 'clean' })
    const small = { vulnerabilities: { left: { severity: 'moderate', via: ['right'] } } }
    expect(readAudit(JSON.stringify(small))).toEqual({ kind: 'clean' })
  })

  it('names what the registry knows of', () => {
    const via = [{ title: 'reads past the end' }, 'other']
    const report = { vulnerabilities: { left: { severity: 'high', via }, right: { severity: 'low', via } } }
    expect(readAudit(JSON.stringify(report))).toEqual({
      kind: 'found',
      advisories: ['left: high: reads past the end; by way of other'],
    })
  })

  it('says that it could not ask, where the registry does not answer, and fails for nothing', () => {
    expect(readAudit('{"message":"405 Method Not Allowed","statusCode":405}')).toEqual({
      kind: 'not asked',
      why: '405 Method Not Allowed',
    })
    expect(readAudit('{"error":{"summary":"no network"}}')).toEqual({ kind: 'not asked', why: 'no network' })
    expect(readAudit('').kind).toBe('not asked')
  })
})

describe('the lock file', () => {
  const good = { integrity: 'sha512-abc' }
  const offences = (name: string, entry: object) =>
    lockOffences({ packages: { '': {}, 'packages/domain': {}, [`node_modules/${name}`]: entry } }, { '@a/known': true })

  it('holds every package to a digest', () => {
    expect(offences('left', good)).toEqual([])
    expect(offences('left', {})).toEqual(['node_modules/left is not held to a digest'])
    expect(offences('left', { integrity: 'sha1-abc' })).toHaveLength(1)
    expect(offences('@lotbook/domain', { link: true })).toEqual([])
  })

  it('has no script that runs at an install and was not decided on', () => {
    expect(offences('@a/known', { ...good, hasInstallScript: true })).toEqual([])
    expect(offences('left', { ...good, hasInstallScript: true })).toEqual([
      'node_modules/left runs a script when it is installed: decide on it in allowScripts',
    ])
  })

  it('has no package that its makers have given up', () => {
    expect(offences('left', { ...good, deprecated: 'use right' })).toEqual([
      'node_modules/left is given up by its makers: use right',
    ])
  })
})
