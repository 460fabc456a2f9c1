// Puts the page into three files, so that a browser needs nothing else: the page, what places the lots, the styles.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { darkPalette, lightPalette, paletteVariables } from '@lotbook/picture'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('../', import.meta.url))
const outdir = `${folder}dist/public`
rmSync(outdir, { recursive: true, force: true })

/** The colours of the picture, where the styles ask for them: one source for the page and for what is exported. */
const paletteCss = (palette) =>
  Object.entries(paletteVariables(palette))
    .map(([name, value]) => `${name}:${value};`)
    .join('')
const palettes = {
  name: 'palettes',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^picture-palette[.]css$/ }, ({ path }) => ({ path, namespace: 'palettes' }))
    onLoad({ filter: /.*/, namespace: 'palettes' }, () => ({
      contents: `:root{${paletteCss(lightPalette)}}@media screen{:root[data-theme=dark]{${paletteCss(darkPalette)}}}`,
      loader: 'css',
    }))
  },
}

await build({
  entryPoints: {
    page: `${folder}dist/main.js`,
    'layout-worker': `${folder}dist/layout-worker.js`,
    styles: `${folder}src/styles.css`,
  },
  outdir,
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: ['chrome111', 'firefox115', 'safari16.4'],
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [palettes],
  legalComments: 'none',
  logLevel: 'warning',
})
