import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Compiles a script beside the calling test into a folder, for a process of its own. Returns the script's path. */
export async function compiled(script: URL, folder: string): Promise<string> {
  const name = 'script.mjs';
  await build({
    configFile: false,
    logLevel: 'silent',
    // A folder outside the project has no packages beside it; native ones cannot be bundled.
    ssr: { noExternal: true, external: ['epoll', 'onoff'] },
    build: {
      ssr: fileURLToPath(script),
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: name } },
    },
  });
  return join(folder, name);
}
