// The SQL that PostgreSQL, CockroachDB and YugabyteDB have in common, as far as a text shows it.

const rules: readonly (readonly [offence: string, pattern: RegExp])[] = [
  ['an advisory lock', /\bpg_(try_)?advisory_/u],
  ['LISTEN or NOTIFY', /\b(listen|notify|unlisten|pg_notify)\b/u],
  ['a division: of integers it rounds', /\//u],
  ['float arithmetic', /\b(real|float\d?|double precision)\b/u],
  ['a number with a fraction', /\d\.\d/u],
  ['a type of fewer than 64 bits', /\b(small|big)?serial\d?\b|\b(smallint|integer|int|int2|int4)\b/u],
  ['a table lock', /\block table\b/u],
  ['a transaction without its isolation', /^(begin|start transaction)\b(?!.*isolation level)/u],
]

/** Words in quotes are names or text: what they say is no SQL. Bodies of functions are. */
const bare = (sql: string): string =>
  sql
    .toLowerCase()
    .replace(/'(?:[^']|'')*'/gu, "''")
    .replace(/"(?:[^"]|"")*"/gu, '""')
    .replace(/\s+/gu, ' ')
    .trim()

/** What is not portable in a statement. Settings of a session are each database's own. */
export const notPortable = (sql: string): readonly string[] => {
  const text = bare(sql)
  if (/^(set|show) /u.test(text)) return []
  return rules.filter(([, pattern]) => pattern.test(text)).map(([offence]) => offence)
}
