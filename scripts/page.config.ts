import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip as gzipWith } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { pathsOfPlaces } from '../src/web/page/shell/places.js';

const gzip = promisify(gzipWith);
const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Compresses every file, and lists them all with their paths: the box serves what is listed, and nothing else. */
const listed: Plugin = {
  name: 'listed',
  async writeBundle({ dir = '' }, bundle) {
    const list = Object.keys(bundle).map((file) => {
      const contentType = contentTypes[extname(file)];
      if (contentType === undefined) throw new Error(`${file} is of no type that the page has`);
      const isStart = file === 'index.html';
      return { file, paths: isStart ? pathsOfPlaces : [`/${file}`], contentType, isHashed: !isStart };
    });
    for (const { file } of list)
      await writeFile(join(dir, `${file}.gz`), await gzip(await readFile(join(dir, file)), { level: 9 }));
    await writeFile(join(dir, 'files.json'), JSON.stringify(list));
  },
};

/** The page for browsers. */
export default defineConfig({
  root: at('src/web/page'),
  cacheDir: at('build/vite'),
  publicDir: false,
  plugins: [listed],
  build: {
    outDir: at('dist/web/page'),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy of the page allows no addresses that carry their content.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
