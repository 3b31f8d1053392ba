import { ask } from './ask.js';

/** By their numbers: in the settings they stand in the order in which they were made. */
export const byNumber = <Entry extends { readonly number: string }>(entries: readonly Entry[]): readonly Entry[] =>
  entries.toSorted((one, other) => Number(one.number) - Number(other.number));

/** All extensions, by their numbers. */
export async function askExtensions() {
  const { entries, ...answer } = await ask('GET', '/extensions', {});
  return { ...answer, entries: byNumber(entries) };
}
