import type { OutputOf } from '../api/table.js';

type Page = OutputOf<'GET', '/calls/records'>;
type CallRecord = Page['entries'][number];

/** So many are shown. */
export const mostLatest = 15;

const hourMs = 3600 * 1000;
/** So far back they go: further only where not enough have ended within the last hour. */
const windowsMs = [hourMs, 12 * hourMs];

/** The calls that ended last, the earliest of them first. @param ask One page of those from a moment on, the earliest first. */
export async function latestCalls(
  ask: (from: string, after: string | undefined) => Promise<Page>,
  now: number,
): Promise<{ readonly entries: readonly CallRecord[] }> {
  let entries: readonly CallRecord[] = [];
  for (const windowMs of windowsMs) {
    entries = await lastOf(ask, new Date(now - windowMs).toISOString());
    if (entries.length >= mostLatest) break;
  }
  return { entries };
}

/** The box tells the earliest first, page by page: the newest stand on the last one. */
async function lastOf(ask: (from: string, after: string | undefined) => Promise<Page>, from: string) {
  let kept: readonly CallRecord[] = [];
  let after: string | undefined;
  do {
    const { entries, next } = await ask(from, after);
    kept = [...kept, ...entries].slice(-mostLatest);
    after = next ?? undefined;
  } while (after !== undefined);
  return kept;
}
