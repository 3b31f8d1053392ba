/**
 * Lets one part of the box after another follow a change, each whatever happens to those before.
 * @throws what went wrong first.
 */
export async function allFollow(parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const part of parts) {
    await part().catch((error: unknown) => {
      errors.push(error);
    });
  }
  if (errors.length > 0) throw errors[0];
}
