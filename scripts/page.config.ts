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

/** What is built from each folder: the page of the box, or the front panel of the simulated board, whose server takes a single folder. */
const kinds = {
  page: { folder: 'web/page', plugins: [listed], assetsDir: 'assets' },
  panel: { folder: 'simulator/page', plugins: [], assetsDir: '' },
};

/** Both on one server, while they are worked on: the front panel at `/panel`. */
const together: Plugin = {
  name: 'together',
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      const [path = ''] = request.url?.split('?') ?? [];
      if (pathsOfPlaces.includes(path)) request.url = `/${kinds.page.folder}/index.html`;
      if (path === '/panel') request.url = `/${kinds.panel.folder}/index.html`;
      next();
    });
  },
  transformIndexHtml: {
    order: 'pre',
    handler: (html, { path }) => html.replaceAll('"./', `"${path.replace(/[^/]*$/, '')}`),
  },
};

/** The demonstration, as it is started with its usual ports. */
const demonstration = {
  '/api': 'http://127.0.0.1:8080',
  '/board': { target: 'ws://127.0.0.1:8090', ws: true },
};

/** What people see in the browser. `--mode` names what is to be built. */
export default defineConfig(({ command, mode }) => {
  const { folder, plugins, assetsDir } = mode === 'panel' ? kinds.panel : kinds.page;
  const shared = { cacheDir: at('build/vite'), publicDir: false } as const;
  if (command === 'serve') return { ...shared, root: at('src'), plugins: [together], server: { proxy: demonstration } };
  return {
    ...shared,
    root: at(`src/${folder}`),
    plugins,
    build: {
      outDir: at(`dist/${folder}`),
      emptyOutDir: true,
      assetsDir,
      target: 'es2022',
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // The policy of the pages allows no addresses that carry their content.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  };
});
