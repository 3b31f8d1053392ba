/** How long one part may take: less than half of what stopping may take, so that the others come to their turn. */
const usualPatienceMs = 3000;

/** What was opened, each by what closes it. */
export type Opened = (() => Promise<void>)[];

/**
 * Closes what was opened, the last first, each only once. What cannot be closed, or not in time, keeps none of the others open, and is
 * reported at the end.
 */
export async function closeAll(opened: Opened, patienceMs = usualPatienceMs): Promise<void> {
  const errors: unknown[] = [];
  for (const close of opened.splice(0).reverse())
    await withPatience(close, patienceMs).catch((error: unknown) => {
      errors.push(error);
    });
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'not all could be stopped');
}

async function withPatience(close: () => Promise<void>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('a part did not stop in time')), patienceMs);
  });
  try {
    await Promise.race([close(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
