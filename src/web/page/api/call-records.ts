import { ask } from './ask.js';
import type { InputOf, OutputOf } from './table.js';

type Records = OutputOf<'GET', '/calls/records'>;
type Asked = Omit<InputOf<'GET', '/calls/records'>, 'after' | 'limit'>;

/** More than anybody looks through; those who want all take the table. */
const mostPages = 10;

/** The records of ended calls, answer by answer, since the box answers with a part of them at a time. `next` is null where these are all. */
export async function callRecords(asked: Asked): Promise<Records> {
  let records: Records = { entries: [], next: null };
  for (let pages = 0; pages < mostPages; pages += 1) {
    const after = records.next;
    const { entries, next } = await ask('GET', '/calls/records', { ...asked, ...(after === null ? {} : { after }) });
    records = { entries: [...records.entries, ...entries], next };
    if (next === null) break;
  }
  return records;
}
