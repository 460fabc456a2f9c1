import { readFile } from 'node:fs/promises'

/** The files of the page /trace that the build puts beside the compiled code, with their types. */
export const pageFiles = {
  'page.js': 'text/javascript; charset=utf-8',
  'layout-worker.js': 'text/javascript; charset=utf-8',
  'styles.css': 'text/css; charset=utf-8',
} as const
/** One of {@link pageFiles}. */
export type PageFile = keyof typeof pageFiles

// In the program they lie beside it; run from sources, where the page was built.
const places = (name: PageFile) => [
  new URL(`./public/trace/${name}`, import.meta.url),
  new URL(`../../page/dist/public/${name}`, import.meta.url),
]

const read = async (name: PageFile): Promise<Uint8Array | undefined> => {
  for (const place of places(name)) {
    try {
      return await readFile(place)
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause
    }
  }
  return undefined
}

const kept = new Map<PageFile, Promise<Uint8Array | undefined>>()

/** A file of the page; undefined where it was not built. */
export const pageFile = (name: PageFile): Promise<Uint8Array | undefined> => {
  const file = kept.get(name) ?? read(name)
  kept.set(name, file)
  return file
}
