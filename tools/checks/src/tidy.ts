/** A thing that must not be in a file of the repository. */
export type TidyRule = {
  readonly name: string
  /** Which files are looked at. */
  readonly files: RegExp
  /** What must not be in them; without it the file's name alone is the offence. */
  readonly pattern?: RegExp
  /** Comments do not count. */
  readonly codeOnly?: true
}

// Words that may not stand anywhere are put together here, so that this file does not break its own rules.
const words = (...parts: readonly (readonly string[])[]) => parts.map((part) => part.join('')).join('|')

const code = /\.(ts|tsx|mts|js|mjs)$/
const test = /\.test\.(ts|tsx)$/
const anything = /^(?!package-lock\.json$)/

export const tidyRules: readonly TidyRule[] = [
  {
    name: 'no test is switched off or singled out',
    files: test,
    pattern:
      /\b(?:describe|it|test|suite|bench)(?:\.\w+)*\.(?:only|skip|todo|fails)\b|\b(?:xit|fit|xdescribe|fdescribe)\(/,
  },
  {
    name: 'no note for later',
    files: anything,
    pattern: new RegExp(`\\b(?:${words(['TO', 'DO'], ['FIX', 'ME'], ['X', 'XX'], ['HA', 'CK'])})\\b`),
  },
  { name: 'no any', files: code, pattern: /\bas any\b|:\s*any\b|<any\s*>|\bany\[\]/, codeOnly: true },
  {
    name: 'no check is silenced',
    files: anything,
    pattern: new RegExp(
      words(
        ['@ts', '-ignore'],
        ['@ts', '-nocheck'],
        ['eslint', '-disable'],
        ['oxlint', '-disable'],
        ['biome', '-ignore'],
      ),
    ),
  },
  {
    name: 'no error is swallowed',
    files: code,
    pattern: /\bcatch\s*(?:\([^)]*\))?\s*\{\s*\}|\.catch\(\s*\(?\w*\)?\s*=>\s*(?:\{\s*\}|undefined|null)\s*\)/,
  },
  { name: 'no path of one machine', files: anything, pattern: /(?:^|[^A-Za-z0-9_.-])\/(?:work|farm|root)\//m },
  { name: 'no registry host in the lock file', files: /^package-lock\.json$/, pattern: /"resolved": ?"http/ },
  { name: 'no registry setting', files: /(?:^|\/)\.npmrc$/, pattern: /registry\s*=\s*http|_auth/ },
  { name: 'no barrel', files: code, pattern: /^\s*export\s+\*/m },
  { name: 'no file or folder that is named after nothing', files: /(?:^|[/-])(?:utils?|helpers?|misc)(?:[./]|$)/ },
  {
    name: 'no test fixture in code that ships',
    files: /^(?:packages|apps)\/[^/]+\/src\/(?!testing\/)(?!.*\.test\.tsx?$)/,
    pattern: /from '@lotbook\/domain\/testing'/,
  },
]

export type SourceFile = { readonly path: string; readonly text: string }

// Line by line and without a parser: good enough to keep prose in comments from counting as code.
const withoutComments = (text: string) =>
  text.replace(/^\s*(?:\/\*|\*|\/\/).*$/gm, '').replace(/(^|\s)\/\/ .*$/gm, '$1')

/** Finds every offence, as sentences: `path:line: rule`. */
export const offences = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) =>
    tidyRules
      .filter((rule) => rule.files.test(path))
      .flatMap(({ name, pattern, codeOnly }) => {
        if (pattern === undefined) return [`${path}: ${name}`]
        const looked = codeOnly ? withoutComments(text) : text
        const match = pattern.exec(looked)
        return match === null ? [] : [`${path}:${looked.slice(0, match.index).split('\n').length}: ${name}`]
      }),
  )
