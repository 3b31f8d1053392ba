/** Error codes of the kernel that a person can do something about, with the remedy. */
export type Remedies = Readonly<Record<string, string>>;

/** Does something with a part; a kernel error is turned into words that say what to do. */
export function withRemedy<T>(what: string, remedies: Remedies, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${what} cannot be used (${message}). ${remedies[code] ?? 'Check the board and its board file.'}`, {
      cause: error,
    });
  }
}
