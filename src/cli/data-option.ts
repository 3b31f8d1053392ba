/** A command line without the option `--data DIR` (or `--data=DIR`), which every command takes. */
export interface Words {
  /** The folder named; null where the option is not given. */
  readonly folder: string | null;
  readonly rest: readonly string[];
}

/** @returns null when the option names no folder: a default in its place could be the wrong one. */
export function takeDataOption(words: readonly string[]): Words | null {
  const at = words.findIndex((word) => word === '--data' || word.startsWith('--data='));
  const option = words[at];
  if (option === undefined) return { folder: null, rest: words };
  const isJoined = option !== '--data';
  const folder = isJoined ? option.slice('--data='.length) : words[at + 1];
  if (folder === undefined || folder === '' || folder.startsWith('--')) return null;
  return { folder, rest: [...words.slice(0, at), ...words.slice(at + (isJoined ? 1 : 2))] };
}
