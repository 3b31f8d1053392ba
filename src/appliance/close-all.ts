/**
 * Closes what was opened, the last first, each only once. What cannot be closed keeps none of the others open, and is reported at the
 * end.
 */
export async function closeAll(opened: (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of opened.splice(0).reverse())
    await close().catch((error: unknown) => {
      errors.push(error);
    });
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'not all could be stopped');
}
