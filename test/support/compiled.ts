import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Compiles a script beside the calling test into a folder, for a process of its own. Returns the script's path. */
export async function compiled(script: URL, folder: string): Promise<string> {
  const name = 'script.mjs';
  await build({
    configFile: false,
    logLevel: 'silent',
    // The folder has no packages beside it.
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(script),
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: name } },
    },
  });
  return join(folder, name);
}
