/** What `npm audit --json` came to. */
export type Audit =
  | { readonly kind: 'clean' }
  | { readonly kind: 'found'; readonly advisories: readonly string[] }
  /** The registry did not say: that is neither good nor bad news. */
  | { readonly kind: 'not asked'; readonly why: string }

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly via: readonly unknown[] }>>
  readonly message?: string
  readonly error?: { readonly summary?: string }
}

const serious = ['high', 'critical']

const titleOf = (via: unknown): string =>
  typeof via === 'object' && via !== null && 'title' in via ? String(via.title) : `by way of ${String(via)}`

/** Reads the report of `npm audit --json`. Only advisories that are high or critical count. */
export const readAudit = (json: string): Audit => {
  let report: Report
  try {
    report = JSON.parse(json) as Report
  } catch (error) {
    return { kind: 'not asked', why: `npm audit did not answer in JSON: ${String(error)}` }
  }
  if (report.vulnerabilities === undefined)
    return { kind: 'not asked', why: report.message ?? report.error?.summary ?? 'the report says nothing' }
  const found = Object.entries(report.vulnerabilities).filter(([, { severity }]) => serious.includes(severity))
  return found.length === 0
    ? { kind: 'clean' }
    : {
        kind: 'found',
        advisories: found.map(([name, { severity, via }]) => `${name}: ${severity}: ${via.map(titleOf).join('; ')}`),
      }
}

interface Locked {
  readonly link?: boolean
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  readonly deprecated?: string
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/**
 * What the lock file shows without asking anybody: each package is held to the digest of what was looked at, those that
 * would run a script when they are installed were each decided on, and none is given up by its makers.
 */
export const lockOffences = (
  lock: { readonly packages: Readonly<Record<string, Locked>> },
  decided: Readonly<Record<string, boolean>>,
): readonly string[] =>
  Object.entries(lock.packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
    .flatMap(([path, { integrity, hasInstallScript, deprecated }]) => [
      ...(integrity?.startsWith('sha512-') === true ? [] : [`${path} is not held to a digest`]),
      ...(hasInstallScript === true && !(nameOf(path) in decided)
        ? [`${path} runs a script when it is installed: decide on it in allowScripts`]
        : []),
      ...(deprecated === undefined ? [] : [`${path} is given up by its makers: ${deprecated}`]),
    ])
