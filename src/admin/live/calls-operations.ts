import { z } from 'zod';
import type { CallStore } from '../../store/calls/call-store.js';
import type { CallRecord } from '../../switchboard/call-records.js';
import { about } from '../about.js';
import { csv } from '../csv.js';
import { listOf, rowOf } from '../operation.js';

/** What these operations need of the box. */
export interface CallsBox {
  readonly callStore: CallStore;
}

const row = rowOf<CallsBox>();

/** Later than any call. */
const endOfTime = Date.UTC(9999, 11, 31);
/** An answer holds no more; a narrower time has the others. */
const mostRecords = 10_000;

const query = z.strictObject({
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  number: z.string().min(1).max(32).optional(),
});

const time = z.iso.datetime();
const shown = z.object({
  started: time,
  answered: time.nullable(),
  ended: time,
  from: z.string(),
  /** The number that was called; of a group its ID. */
  to: z.string(),
  answeredBy: z.string().nullable(),
  via: z.array(z.object({ kind: z.enum(['forwarded', 'transferred', 'takenOver']), by: z.string(), to: z.string() })),
  talkedSeconds: z.number(),
  cause: z.string(),
});

const isoOf = (milliseconds: number) => new Date(milliseconds).toISOString();

function view({ startedAt, answeredAt, endedAt, from, route, answeredBy, via, talkedMs, cause }: CallRecord) {
  return {
    started: isoOf(startedAt),
    answered: answeredAt === null ? null : isoOf(answeredAt),
    ended: isoOf(endedAt),
    from,
    to: route.kind === 'group' ? route.group : route.number,
    answeredBy,
    via: [...via],
    talkedSeconds: Math.round(talkedMs / 1000),
    cause,
  };
}

async function found({ callStore }: CallsBox, { from, to, number }: z.output<typeof query>) {
  const records: z.input<typeof shown>[] = [];
  const asked = {
    from: from === undefined ? 0 : Date.parse(from),
    to: to === undefined ? endOfTime : Date.parse(to),
    number: number ?? null,
  };
  for await (const record of callStore.records(asked)) {
    records.push(view(record));
    if (records.length === mostRecords) break;
  }
  return records;
}

const columns = ['started', 'answered', 'ended', 'from', 'to', 'answeredBy', 'talkedSeconds', 'cause'] as const;

/** The records of ended calls. */
export const callsOperations = [
  row({
    name: 'calls records',
    about: about('operation.calls.records'),
    roles: ['admin'],
    http: { method: 'GET', path: '/calls/records' },
    input: query,
    output: listOf(shown),
    run: async (box, input) => ({ entries: await found(box, input) }),
  }),
  row({
    name: 'calls export',
    about: about('operation.calls.export'),
    roles: ['admin'],
    http: { method: 'GET', path: '/calls/records.csv' },
    input: query,
    output: z.string().meta({ contentMediaType: 'text/csv' }),
    run: async (box, input) => csv(columns, await found(box, input)),
  }),
];
