import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runInterpreter } from './interpreters.ts'

const script = 'from lotbook_client import system; print(system.mes.inventory.newLot())'

describe('over https', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lotbook-tls-'))
  const certificate = join(folder, 'certificate.pem')
  let server: Server
  let url = ''
  let requests = 0
  beforeAll(async () => {
    const key = join(folder, 'key.pem')
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', [...make, '-keyout', key, '-out', certificate, ...subject], { stdio: 'ignore' })
    server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) => {
      requests += 1
      response.end('{"status": "OPEN"}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('a certificate that nobody vouches for is refused before anything is sent', async () => {
    const { code, stderr } = await runInterpreter('python3', ['-c', script], url)
    expect(code).toBe(1)
    expect(stderr).toMatch(/ConnectionFailed: .*certificate verify failed/u)
    expect(requests).toBe(0)
  })

  it('SSL_CERT_FILE names who vouches', async () => {
    const known = await runInterpreter('python3', ['-c', script], url, { SSL_CERT_FILE: certificate })
    expect(known).toEqual({ code: 0, stdout: '{"status": "OPEN"}\n', stderr: '' })
  })

  it('an interpreter that cannot check certificates sends nothing', async () => {
    const program = `import sys; sys.modules["ssl"] = None\n${script}`
    const { code, stderr } = await runInterpreter('python3', ['-c', program], url, { SSL_CERT_FILE: certificate })
    expect(code).toBe(1)
    expect(stderr).toContain('LotbookError: this Python cannot check an https server: ')
    expect(requests).toBe(1)
  })
})
