import { z } from 'zod';
import { parseJson } from '../store/files/json-text.js';
import { UpdateError } from './update-error.js';

/** In characters. */
const longestNotes = 8000;
const notes = z.string().max(longestNotes);

/** What a vendor says of the newest update of a channel. It only announces: whose an update is, its own signature says. */
const channelIndex = z.object({
  version: z.string().regex(/^\d{1,6}\.\d[0-9A-Za-z.+~-]{0,60}$/),
  /** In the same folder. */
  file: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z._+~-]{0,99}\.raucb$/),
  /** Of the file, in bytes. */
  size: z.int().min(1).max(1e10),
  /** What is new, as plain text. */
  notes: z.object({ de: notes, en: notes }),
});
export type ChannelIndex = z.output<typeof channelIndex>;

/** @throws UpdateError with the first place where it is none. */
export function readIndex(text: string): ChannelIndex {
  const json = parseJson(text);
  if (!json.ok) throw broken(`${json.fault.line}:${json.fault.column}`);
  const { data, error } = channelIndex.safeParse(json.value);
  if (error) throw broken(error.issues[0]?.path.join('.') ?? '');
  return data;
}

const broken = (place: string): UpdateError =>
  new UpdateError({ code: 'update.index.broken', params: { place: place || '.' } }, { kind: 'unavailable' });
