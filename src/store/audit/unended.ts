import type { FileHandle } from 'node:fs/promises';
import type { AuditFact } from '../../monitoring/records.js';
import { callId, extensionNumber, profileId } from '../../primitives/ids.js';
import { type AuditEntry, parseEntry } from './audit-entry.js';

type Fact = AuditEntry['fact'];

/** What a session has begun and not ended so far. */
interface Open {
  readonly dialogue: Fact;
  readonly watch: Fact | null;
  readonly moderator: unknown;
}

const chunkBytes = 64 * 1024;
/** Two runs that have recorded more than this are not looked through: a start must not take for ever. */
const mostBytes = 64 * 1024 * 1024;

/**
 * The ends that are missing because the box lost its power, or was killed: one for each monitor and dialogue that was running then.
 * How long they went on is not known. What ran when the box last started has been ended in that way already.
 */
export async function missingEnds(file: FileHandle): Promise<readonly AuditFact[]> {
  const open = new Map<unknown, Open>();
  const lost: Open[] = [];
  for (const { fact } of await lastRuns(file)) {
    const { session } = fact;
    const before = open.get(session);
    if (fact.type === 'attempt') {
      if (before) lost.push(before);
      open.set(session, { dialogue: fact, watch: null, moderator: null });
    } else if (fact.type === 'dialogueEnded') open.delete(session);
    else if (before) open.set(session, wentOn(before, fact));
  }
  return [...lost, ...open.values()].flatMap(endsOf);
}

function wentOn(before: Open, fact: Fact): Open {
  switch (fact.type) {
    case 'identified':
      return { ...before, moderator: fact.moderator };
    case 'started':
      return { ...before, watch: fact };
    case 'ended':
      return { ...before, watch: null };
    default:
      return before;
  }
}

function endsOf({ dialogue, watch, moderator }: Open): readonly AuditFact[] {
  const session = {
    session: Number(dialogue.session),
    profile: profileId(String(dialogue.profile)),
    caller: String(dialogue.caller),
  };
  const dialogueEnded = {
    ...session,
    type: 'dialogueEnded',
    moderator: moderator === null ? null : extensionNumber(String(moderator)),
  } as const;
  return watch === null ? [dialogueEnded] : [watchEnded(session, watch), dialogueEnded];
}

function watchEnded(session: Pick<AuditFact, 'session' | 'profile' | 'caller'>, watch: Fact): AuditFact {
  return {
    ...session,
    type: 'ended',
    reason: 'boxStopped',
    seconds: null,
    moderator: extensionNumber(String(watch.moderator)),
    member: extensionNumber(String(watch.member)),
    call: callId(Number(watch.call)),
    other: String(watch.other),
  };
}

/** The entries since the box started the last time but one, oldest first: some may be older than the note of the start itself. */
async function lastRuns(file: FileHandle): Promise<readonly AuditEntry[]> {
  const { size } = await file.stat();
  const newestFirst: AuditEntry[] = [];
  let starts = 0;
  for await (const line of linesBackwards(file, size)) {
    const entry = parseEntry(line);
    if (entry) newestFirst.push(entry);
    if (entry?.fact.type === 'boxStarted') starts += 1;
    if (starts === 2) break;
  }
  return newestFirst.reverse();
}

async function* linesBackwards(file: FileHandle, size: number): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  const first = Math.max(0, size - mostBytes);
  for (let end = size; end > first; ) {
    const start = Math.max(first, end - chunkBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
    const lines = splitLines(Buffer.concat([buffer.subarray(0, bytesRead), rest]));
    rest = lines.shift() ?? Buffer.alloc(0);
    for (const line of lines.reverse()) yield line.toString();
    end = start;
  }
  yield rest.toString();
}

const newline = 0x0a;

function splitLines(bytes: Buffer): Buffer<ArrayBuffer>[] {
  const lines: Buffer<ArrayBuffer>[] = [];
  let start = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    lines.push(Buffer.from(bytes.subarray(start, end)));
    start = end + 1;
  }
  return [...lines, Buffer.from(bytes.subarray(start))];
}
