import { type Path, valueAt } from '../files/file-faults.js';
import type { Fault } from './settings-faults.js';

/** A text and where it stands. */
export interface Placed {
  readonly path: Path;
  readonly value: string;
}

/** Steps into every entry of a list. */
export const each = Symbol('each');

/** What a file says where its shape is right; what the shape has a fault in says nothing, nor does anything within it. */
export class SoundParts {
  readonly #raw: unknown;
  readonly #misshapen: ReadonlySet<string>;
  /** Whether a list that is not there may stand under a key that is misspelt. */
  readonly #hasStrayKey: boolean;

  constructor(raw: unknown, shapeFaults: readonly Fault[]) {
    this.#raw = raw;
    this.#misshapen = new Set(shapeFaults.flatMap(({ path }) => spoilt(path)).map(keyOf));
    this.#hasStrayKey = shapeFaults.some(({ code, path }) => code === 'settings.fault.unknownKey' && path.length === 1);
  }

  /** The texts at all places of this form, such as `groups`, each, `members`, each. */
  texts(...form: readonly (string | typeof each)[]): readonly Placed[] {
    return this.#places(form).flatMap((path) => {
      const value = this.text(path);
      return value === undefined ? [] : [{ path, value }];
    });
  }

  /** The text at a place; undefined where there is none that can be relied on. */
  text(path: Path): string | undefined {
    const value = this.#isSound(path) ? valueAt(this.#raw, path) : undefined;
    return typeof value === 'string' ? value : undefined;
  }

  /** The same for what is on or off. */
  flag(path: Path): boolean | undefined {
    const value = this.#isSound(path) ? valueAt(this.#raw, path) : undefined;
    return typeof value === 'boolean' ? value : undefined;
  }

  /** Whether every entry of the list has a name: only then can be said that there is none of a certain name. */
  isComplete(list: string, name: string): boolean {
    if (valueAt(this.#raw, [list]) === undefined) return !this.#hasStrayKey;
    const places = this.#places([list, each]);
    return this.#isSound([list]) && places.every((path) => this.text([...path, name]) !== undefined);
  }

  #isSound(path: Path): boolean {
    return path.every((_, index) => !this.#misshapen.has(keyOf(path.slice(0, index + 1))));
  }

  #places(form: readonly (string | typeof each)[]): readonly Path[] {
    return form.reduce<readonly Path[]>(
      (paths, step) => paths.flatMap((path) => (step === each ? this.#entries(path) : [[...path, step]])),
      [[]],
    );
  }

  #entries(path: Path): readonly Path[] {
    const list = valueAt(this.#raw, path);
    return Array.isArray(list) ? list.map((_, index) => [...path, index]) : [];
  }
}

/** The kind of an entry says which keys it has: without one, nothing in it was looked at. */
const spoilt = (path: Path): readonly Path[] => (path.at(-1) === 'kind' ? [path, path.slice(0, -1)] : [path]);

const keyOf = (path: Path): string => JSON.stringify(path.map(String));
