import type { FileHandle } from 'node:fs/promises';
import type { AuditFact } from '../../monitoring/records.js';
import { callId, extensionNumber, profileId } from '../../primitives/ids.js';
import { openRegular } from '../files/regular-file.js';
import { linesOf } from '../files/text-lines.js';
import { type AuditEntry, parseEntry } from './audit-entry.js';

type Fact = AuditEntry['fact'];

/** What a session has begun and not yet ended. */
interface Open {
  readonly dialogue: Fact;
  /** Of a monitor, of asking to be let in, or of being called for help. */
  readonly watch: Fact | null;
  readonly moderator: unknown;
  readonly purpose: unknown;
}

const chunkBytes = 64 * 1024;
/** More than the longest entry. */
const longestLine = 64 * 1024;
/** As it stands in an entry; in text from outside, quotation marks are escaped. */
const boxStarted = Buffer.from('"type":"boxStarted"');
/** How many starts to go back: some entries of a run may be older than the entry of its start. */
const runs = 2;
/** Two runs that recorded more than this are not searched: a start must not take forever. */
const mostBytes = 64 * 1024 * 1024;

/**
 * The ends that are missing because the box lost its power or was killed: one for each monitor, dialogue and draw that was running then. How long
 * they lasted is unknown. Those of earlier runs have been added already.
 */
export async function missingEnds(path: string): Promise<readonly AuditFact[]> {
  const open = new Map<unknown, Open>();
  const lost: Open[] = [];
  const draws = new Map<unknown, Fact>();
  for await (const { fact } of entriesFrom(path, await within(path, beginOfLastRuns))) {
    const { session } = fact;
    const before = open.get(session);
    noteDraw(draws, fact);
    if (fact.type === 'attempt' || fact.type === 'helpAsked') {
      if (before) lost.push(before);
      open.set(session, { dialogue: fact, ...begunBy(fact), purpose: fact.purpose });
    } else if (fact.type === 'dialogueEnded') open.delete(session);
    else if (before) open.set(session, wentOn({ ...before, purpose: fact.purpose ?? before.purpose }, fact));
  }
  return [...[...draws.values()].map(drawEnded), ...[...lost, ...open.values()].flatMap(endsOf)];
}

function noteDraw(draws: Map<unknown, Fact>, fact: Fact): void {
  if (fact.type === 'drawn') draws.set(fact.draw, fact);
  if (fact.type === 'drawEnded') draws.delete(fact.draw);
}

async function within<Result>(path: string, read: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const file = await openRegular(path, 'read');
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}

/** Who is called for help is known from the beginning. */
const begunBy = (fact: Fact): Pick<Open, 'watch' | 'moderator'> =>
  fact.type === 'helpAsked' ? { watch: fact, moderator: fact.moderator } : { watch: null, moderator: null };

function wentOn(before: Open, fact: Fact): Open {
  switch (fact.type) {
    case 'identified':
      return { ...before, moderator: fact.moderator };
    case 'admissionAsked':
    case 'started':
      return { ...before, watch: fact };
    case 'helpGiven':
    case 'helpEnded':
    case 'admissionEnded':
    case 'ended':
      return { ...before, watch: null };
    default:
      return before;
  }
}

/** A draw goes on after its dialogue, as long as its call. */
const drawEnded = (drawn: Fact): AuditFact => ({
  ...sessionOf(drawn, drawn.purpose),
  type: 'drawEnded',
  moderator: extensionNumber(String(drawn.moderator)),
  member: extensionNumber(String(drawn.member)),
  call: callId(Number(drawn.call)),
  draw: Number(drawn.draw),
  outcome: 'boxStopped',
});

const sessionOf = ({ session, profile, caller }: Fact, purpose: unknown) => ({
  session: Number(session),
  profile: profileId(String(profile)),
  caller: String(caller),
  ...(purpose === undefined ? {} : { purpose: String(purpose) }),
});

function endsOf({ dialogue, watch, moderator, purpose }: Open): readonly AuditFact[] {
  const session = sessionOf(dialogue, purpose);
  const dialogueEnded = {
    ...session,
    type: 'dialogueEnded',
    moderator: moderator === null ? null : extensionNumber(String(moderator)),
  } as const;
  return watch === null ? [dialogueEnded] : [watchEnded(session, watch), dialogueEnded];
}

function watchEnded(session: Pick<AuditFact, 'session' | 'profile' | 'caller' | 'purpose'>, watch: Fact): AuditFact {
  const watched = {
    moderator: extensionNumber(String(watch.moderator)),
    member: extensionNumber(String(watch.member)),
    call: callId(Number(watch.call)),
    other: String(watch.other),
  };
  if (watch.type === 'helpAsked') return { ...session, ...watched, type: 'helpEnded', reason: 'boxStopped' };
  return watch.type === 'admissionAsked'
    ? { ...session, ...watched, type: 'admissionEnded', reason: 'boxStopped' }
    : { ...session, ...watched, type: 'ended', reason: 'boxStopped', seconds: null };
}

/** Where the entries since the last start but one begin. */
async function beginOfLastRuns(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const first = Math.max(0, size - mostBytes);
  let starts = 0;
  for (let end = size; end > first; ) {
    const start = Math.max(first, end - chunkBytes);
    // The mark of a start may lie across two chunks.
    const length = Math.min(end + boxStarted.length - 1, size) - start;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
    const bytes = buffer.subarray(0, bytesRead);
    for (let at = bytes.lastIndexOf(boxStarted); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(boxStarted, at - 1)) {
      starts += 1;
      if (starts === runs) return Math.max(first, start + at - longestLine);
    }
    end = start;
  }
  return first;
}

/** Entries from an offset, which may be inside a line. */
async function* entriesFrom(path: string, start: number): AsyncGenerator<AuditEntry> {
  for await (const { text } of linesOf(path, start)) {
    const entry = parseEntry(text);
    if (entry) yield entry;
  }
}
