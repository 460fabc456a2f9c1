/** Which packages of ours a package may depend on. A new package is not allowed anything until it stands here. */
export const layers: Record<string, readonly string[]> = {
  '@lotbook/domain': [],
  '@lotbook/repository': ['@lotbook/domain'],
  '@lotbook/http-client': ['@lotbook/domain'],
  '@lotbook/python-client': [],
  '@lotbook/exchange': ['@lotbook/domain'],
  '@lotbook/picture': ['@lotbook/domain'],
  '@lotbook/page': ['@lotbook/domain', '@lotbook/picture'],
  '@lotbook/http': ['@lotbook/domain', '@lotbook/repository', '@lotbook/exchange', '@lotbook/picture'],
  '@lotbook/tui': ['@lotbook/domain'],
  '@lotbook/cli': [
    '@lotbook/domain',
    '@lotbook/repository',
    '@lotbook/exchange',
    '@lotbook/http',
    '@lotbook/http-client',
    '@lotbook/tui',
    '@lotbook/picture',
    '@lotbook/page',
  ],
  '@lotbook/bench': ['@lotbook/domain', '@lotbook/repository', '@lotbook/http'],
  '@lotbook/checks': [],
  '@lotbook/docs': ['@lotbook/domain', '@lotbook/repository', '@lotbook/http', '@lotbook/tui'],
}

/** Everything that the domain may depend on at run time. */
export const domainDependencies = ['effect', 'ulid']
