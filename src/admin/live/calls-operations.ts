import { z } from 'zod';
import { csvLine } from '../../primitives/csv.js';
import { type CallStore, endOfTime, type RecordPlace } from '../../store/calls/call-store.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { CallRecord } from '../../switchboard/call-records.js';
import { about } from '../about.js';
import { bytes, listOf, rowOf } from '../operation.js';
import { type Names, namesIn, numberOf } from './live-view.js';

/** What these operations need of the box. */
export interface CallsBox {
  readonly settings: { readonly current: { readonly settings: Settings } };
  readonly callStore: CallStore;
}

const row = rowOf<CallsBox>();

/** An answer holds no more, since calls wait while it is written; `next` leads on. */
const mostRecords = 1000;

const query = z.strictObject({
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  number: z.string().min(1).max(32).optional(),
});

const page = query.extend({
  /** The `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{4}-\d{2}:\d{1,9}$/)
    .optional(),
  limit: z.int().min(1).max(mostRecords).default(mostRecords),
});

const time = z.iso.datetime();
const shown = z.object({
  started: time,
  answered: time.nullable(),
  ended: time,
  from: z.string(),
  /** The number that was called; of a group its ID. */
  to: z.string(),
  /** What the group is called that was; empty where none was, or it has no name any more. */
  toName: z.string(),
  answeredBy: z.string().nullable(),
  via: z.array(z.object({ kind: z.enum(['forwarded', 'transferred', 'takenOver']), by: z.string(), to: z.string() })),
  /** Null where nobody knows: the box was killed, or lost its power, in the middle of the call. */
  talkedSeconds: z.number().nullable(),
  cause: z.string(),
});

const records = listOf(shown).extend({
  /** What `after` has to be for the records behind these; null where there are none. */
  next: z.string().nullable(),
});

const isoOf = (milliseconds: number) => new Date(milliseconds).toISOString();

function view(
  { startedAt, answeredAt, endedAt, from, route, answeredBy, via, talkedMs, cause }: CallRecord,
  names: Names,
) {
  return {
    started: isoOf(startedAt),
    answered: answeredAt === null ? null : isoOf(answeredAt),
    ended: isoOf(endedAt),
    from,
    to: numberOf(route),
    toName: route.kind === 'group' ? names.group(route.group) : '',
    answeredBy,
    via: [...via],
    talkedSeconds: talkedMs === null ? null : Math.round(talkedMs / 1000),
    cause,
  };
}

const placed = ({ callStore }: CallsBox, { from, to, number }: z.output<typeof query>, after?: RecordPlace) =>
  callStore.records(
    {
      from: from === undefined ? 0 : Date.parse(from),
      to: to === undefined ? endOfTime : Date.parse(to),
      number: number ?? null,
    },
    after,
  );

async function found(
  box: CallsBox,
  { after, limit, ...asked }: z.output<typeof page>,
): Promise<z.input<typeof records>> {
  const names = namesIn(box.settings.current.settings);
  const entries: z.input<typeof shown>[] = [];
  let last = after;
  for await (const { record, place } of placed(box, asked, placeOf(after))) {
    if (entries.length === limit) return { entries, next: last ?? null };
    entries.push(view(record, names));
    last = `${place.month}:${place.line}`;
  }
  return { entries, next: null };
}

function placeOf(after: string | undefined): RecordPlace | undefined {
  const [month, line] = after?.split(':') ?? [];
  return month === undefined ? undefined : { month, line: Number(line) };
}

const columns = [
  'started',
  'answered',
  'ended',
  'from',
  'to',
  'answeredBy',
  'via',
  'talkedSeconds',
  'cause',
] as const satisfies readonly (keyof z.output<typeof shown>)[];

/** In characters: lines are sent together, since each piece costs something by itself. */
const longestPiece = 32 * 1024;

/** All records, however many there are. */
async function* table(box: CallsBox, asked: z.output<typeof query>): AsyncGenerator<Uint8Array> {
  const names = namesIn(box.settings.current.settings);
  let piece = csvLine(columns);
  for await (const { record } of placed(box, asked)) {
    const { via, ...row } = view(record, names);
    const stations = via.map(({ kind, by, to }) => `${kind} ${by} > ${to}`).join('; ');
    const line = { ...row, via: stations };
    piece += csvLine(columns.map((column) => line[column]));
    if (piece.length < longestPiece) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}

/** The records of ended calls. */
export const callsOperations = [
  row({
    name: 'calls records',
    about: about('operation.calls.records'),
    roles: ['admin'],
    http: { method: 'GET', path: '/calls/records' },
    input: page,
    output: records,
    run: found,
  }),
  row({
    name: 'calls export',
    about: about('operation.calls.export'),
    roles: ['admin'],
    http: { method: 'GET', path: '/calls/records.csv' },
    input: query,
    output: bytes('text/csv'),
    run: async (box, input) => table(box, input),
  }),
];
