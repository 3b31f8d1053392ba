import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';

export type RecordPage = OutputOf<'GET', '/audit'>;

/** What is looked for, by the names that the box has for it. */
type Filter = Readonly<Record<string, string>>;

const mostEntries = 50;
/** The box looks at a part of the record at a time; after so many without an entry the person decides whether to look further. */
const mostParts = 10;

/** The entries that fit, before an entry; null for the newest. */
export async function recordPage(filter: Filter, before: number | null): Promise<RecordPage> {
  let page = await part(filter, before);
  for (let parts = 1; page.entries.length === 0 && page.next !== null && parts < mostParts; parts += 1) {
    page = await part(filter, page.next);
  }
  return page;
}

const part = (filter: Filter, before: number | null): Promise<RecordPage> =>
  ask('GET', '/audit', { ...filter, limit: mostEntries, ...(before === null ? {} : { before }) });
