/** One value that was changed; the box tells it by its place in the settings. */
export interface SettingsChange {
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly secret?: true | undefined;
}

/** What the changes have in common with a place of the settings, such as an extension. */
export const changesAt = (place: readonly string[], changes: readonly SettingsChange[]): readonly SettingsChange[] =>
  changes.filter(({ path }) => place.every((step, index) => path[index] === undefined || path[index] === step));
