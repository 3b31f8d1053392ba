import { dirname } from 'node:path';
import type { UnixTime } from '../../primitives/time.js';
import type { BoxKey, BoxPublicKey } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { makeFolder, makeWay, readIfThere, writeDurably } from '../files/durable-file.js';
import { FileTooLarge, NotAFile } from '../files/regular-file.js';
import { type Anchor, anchorText, emptyAnchor, parseAnchor } from './audit-entry.js';

/** The two places where the end of the record is kept: whoever puts back an older copy has to think of both. */
const places = ['auditAnchor', 'auditHead'] as const;

/** The state of an anchor in one of its places. `unsigned` dates from before the box had a key. */
type Found =
  | { readonly state: 'sound' | 'unsigned' | 'forged'; readonly anchor: Anchor }
  | { readonly state: 'missing' | 'unreadable'; readonly anchor: null };

export interface Anchors {
  /** The newest that can be relied on; null where there is none. */
  readonly newest: Anchor | null;
  /** What is wrong with one of them; null if nothing is. */
  readonly problem: 'anchorMissing' | 'anchorUnreadable' | 'anchorForged' | 'keyMissing' | null;
  /** Whether there is any trace of one. */
  readonly isBegun: boolean;
  /** Whether this box has signed one of them. */
  readonly isSigned: boolean;
}

/**
 * Reads the end of the record in both places. @param key of the box; null where it has none. @param isNew perhaps it has signed nothing
 * yet.
 */
export async function readAnchors(folder: string, key: BoxPublicKey | null, isNew = key === null): Promise<Anchors> {
  const found = await Promise.all(places.map((place) => readAnchor(dataFile(folder, place), key)));
  const reliable = found.filter(({ state }) => state === 'sound' || (isNew && state === 'unsigned'));
  const newest = reliable.reduce<Anchor | null>(
    (best, { anchor }) => (anchor && anchor.counter >= (best?.counter ?? 0) ? anchor : best),
    null,
  );
  return {
    newest,
    problem: problemIn(found, isNew),
    isBegun: found.some(({ state }) => state !== 'missing'),
    isSigned: found.some(({ state }) => state === 'sound'),
  };
}

function problemIn([first, second]: readonly Found[], isNew: boolean): Anchors['problem'] {
  const states = [first?.state, second?.state];
  // The power may fail between the two writes of a record that begins.
  const isBeginning = [first, second].some((each) => each?.state === 'sound' && each.anchor.count === 0);
  // What dates from before the box had a key is signed in one place after the other.
  const isBeingSigned = isNew && isOneOf(states[0], 'unsigned', 'sound') && isOneOf(states[1], 'missing', 'sound');
  if (isBeingSigned || states.every((state) => state === 'missing')) return null;
  if (isBeginning && states.includes('missing')) return null;
  if (isNew && states.includes('forged')) return 'keyMissing';
  if (states.includes('forged') || states.includes('unsigned')) return 'anchorForged';
  if (states.includes('unreadable')) return 'anchorUnreadable';
  return states.includes('missing') ? 'anchorMissing' : null;
}

const isOneOf = (state: Found['state'] | undefined, ...states: readonly Found['state'][]): boolean =>
  state !== undefined && states.includes(state);

/** Anything that is not a file, or is far too large, tells nothing; neither does a disk that does not answer. */
function nothingReadable(error: unknown): string {
  if (error instanceof NotAFile || error instanceof FileTooLarge) return '';
  throw error;
}

async function readAnchor(path: string, key: BoxPublicKey | null): Promise<Found> {
  const text = await readIfThere(path).catch(nothingReadable);
  if (text === null) return { state: 'missing', anchor: null };
  const parsed = parseAnchor(text);
  if (parsed === null) return { state: 'unreadable', anchor: null };
  const { signature, ...anchor } = parsed;
  if (signature === null) return { state: 'unsigned', anchor };
  return { state: key?.isSigned('audit-head', anchorText(anchor), signature) ? 'sound' : 'forged', anchor };
}

/** Moves aside anything but a file where the end of the record is kept: nothing could be written there. */
export async function makeWayForAnchors(folder: string, now: UnixTime): Promise<void> {
  for (const place of places) await makeWay(dataFile(folder, place), now);
}

/** Writes the end of the record, signed, in both places; returns it as it stands there. */
export async function writeAnchor(
  folder: string,
  key: BoxKey,
  end: Pick<Anchor, 'count' | 'hash' | 'bytes'>,
  last = emptyAnchor,
  beside: Pick<Anchor, 'recordsSerial' | 'agreement'> = last,
): Promise<Anchor> {
  const { count, hash, bytes } = end;
  const { recordsSerial, agreement } = beside;
  const anchor = { count, hash, bytes, counter: last.counter + 1, signsEntries: true, recordsSerial, agreement };
  const text = JSON.stringify({ ...anchor, signature: key.sign('audit-head', anchorText(anchor)) });
  await Promise.all(
    places.map(async (place) => {
      const path = dataFile(folder, place);
      await makeFolder(dirname(path));
      await writeDurably(path, text);
    }),
  );
  return anchor;
}
