import type * as fs from 'node:fs/promises';

type Files = typeof fs;
type Work = (...given: never[]) => Promise<unknown>;

/** What changes something on the disk, or what is on it. */
const changing = ['open', 'mkdir', 'link', 'rename', 'rm', 'chmod', 'unlink'] as const;
const changingOfFile = ['write', 'writeFile', 'sync', 'truncate'] as const;

/** What happens to a step: it fails, it and all after it fail, or the power is cut before it, and nothing follows any more. */
export type Mishap = 'fails' | 'fails from then on' | 'is the last';

/** The disk of this process, step by step: for tests in which something happens at each of them in turn. */
export class SteppedDisk {
  #steps = 0;
  #at = Number.POSITIVE_INFINITY;
  #mishap: Mishap = 'fails';
  #powerCut = () => {};
  readonly #opened = new Set<fs.FileHandle>();

  /** In place of `node:fs/promises`. */
  wrapped(files: Files): Files {
    const steps = Object.fromEntries(changing.map((name) => [name, this.#stepped(files[name] as Work)]));
    return { ...files, ...steps, open: this.#stepped(this.#opening(files.open)) } as Files;
  }

  /**
   * Does something to which a mishap happens at one step.
   * @param at The step, from 1 on.
   * @returns how it ended, and whether it came as far as that step.
   */
  async during<T>(
    at: number,
    mishap: Mishap,
    work: () => Promise<T>,
  ): Promise<{ readonly end: 'done' | 'failed' | 'cut'; readonly wasReached: boolean; readonly error?: unknown }> {
    this.#steps = 0;
    this.#at = at;
    this.#mishap = mishap;
    const cut = new Promise<void>((resolve) => {
      this.#powerCut = resolve;
    });
    try {
      const end = await Promise.race([work().then(() => 'done' as const), cut.then(() => 'cut' as const)]);
      return { end, wasReached: this.#steps >= at };
    } catch (error) {
      return { end: 'failed', wasReached: this.#steps >= at, error };
    } finally {
      this.#at = Number.POSITIVE_INFINITY;
      for (const file of this.#opened) await file.close();
      this.#opened.clear();
    }
  }

  #stepped(work: Work): Work {
    return async (...given) => {
      this.#steps += 1;
      const isAfter = this.#steps > this.#at;
      if (this.#steps < this.#at || (isAfter && this.#mishap === 'fails')) return work(...given);
      if (this.#mishap !== 'is the last') throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
      this.#powerCut();
      return new Promise(() => {});
    };
  }

  #opening(open: Files['open']): Work {
    return async (...given: Parameters<Files['open']>) => {
      const file = await open(...given);
      this.#opened.add(file);
      for (const name of changingOfFile) Object.assign(file, { [name]: this.#stepped(file[name].bind(file) as Work) });
      return file;
    };
  }
}
