/** Where something is in the input: keys and indexes from the outside in. */
export type Path = readonly (string | number)[];

/** The path of a mistake that zod found; it knows symbols too, which JSON does not. */
export const pathOf = (path: readonly PropertyKey[]): Path =>
  path.map((step) => (typeof step === 'symbol' ? String(step) : step));

/** The path that a text such as `extensions[2].password` means. */
export const pathIn = (text: string): Path =>
  text
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
