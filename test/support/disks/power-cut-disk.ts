import type * as fs from 'node:fs/promises';
import { dirname, relative } from 'node:path';

type Files = typeof fs;

/**
 * The disk of this process, which tells what a power cut would take away: names that were given in a folder that was not synced since, and files whose content was
 * not. What is only removed is not counted.
 */
export class PowerCutDisk {
  readonly #names = new Set<string>();
  readonly #contents = new Set<string>();

  /** In place of `node:fs/promises`. */
  wrapped(files: Files): Files {
    const isThere = (path: string) =>
      files.lstat(path).then(
        () => true,
        () => false,
      );
    return {
      ...files,
      mkdir: async (path: string, options: Parameters<Files['mkdir']>[1]) => {
        const first = await files.mkdir(path, options);
        const isRecursive = typeof options === 'object' && options?.recursive === true;
        const top = isRecursive ? first : path;
        for (let made = path; top !== undefined && made.length >= top.length; made = dirname(made))
          this.#names.add(made);
      },
      rename: async (from: string, to: string) => {
        await files.rename(from, to);
        this.#forget(from, to);
        this.#names.add(to);
      },
      link: async (from: string, to: string) => {
        await files.link(from, to);
        this.#names.add(to);
        if (this.#contents.has(from)) this.#contents.add(to);
      },
      rm: async (path: string, options: Parameters<Files['rm']>[1]) => {
        await files.rm(path, options);
        this.#forget(path);
      },
      open: async (path: string, ...given: [string, number]) => {
        const wasThere = await isThere(path);
        const file = await files.open(path, ...given);
        if (!wasThere) this.#names.add(path);
        return this.#watched(path, file);
      },
    } as unknown as Files;
  }

  /** What is in a folder now and would not be there after a power cut. */
  unsafe(folder: string): readonly string[] {
    const paths = [...new Set([...this.#names, ...this.#contents])].map((path) => relative(folder, path));
    return paths.filter((path) => !path.startsWith('..')).sort();
  }

  #watched(path: string, file: fs.FileHandle): fs.FileHandle {
    for (const name of ['write', 'writeFile', 'appendFile'] as const) {
      const work = file[name].bind(file) as (...given: unknown[]) => Promise<unknown>;
      Object.assign(file, {
        [name]: (...given: unknown[]) => {
          this.#contents.add(path);
          return work(...given);
        },
      });
    }
    for (const name of ['sync', 'datasync'] as const) {
      const work = file[name].bind(file);
      Object.assign(file, {
        [name]: async () => {
          await work();
          this.#contents.delete(path);
          for (const known of [...this.#names]) if (dirname(known) === path) this.#names.delete(known);
        },
      });
    }
    return file;
  }

  /** It is gone, with all below it; or it is at another place now. */
  #forget(from: string, to: string | null = null): void {
    for (const kind of [this.#names, this.#contents]) {
      for (const path of [...kind]) {
        if (path !== from && !path.startsWith(`${from}/`)) continue;
        kind.delete(path);
        if (to !== null) kind.add(`${to}${path.slice(from.length)}`);
      }
    }
  }
}
