import { withoutOneTimeCodes } from '../../primitives/one-time-codes.js';
import { hasCode } from '../files/durable-file.js';
import { secretKeys } from '../files/file-faults.js';
import { linesBackwards } from '../files/lines-backwards.js';
import { openRegular } from '../files/regular-file.js';
import type { Settings } from '../settings/settings-schema.js';

/** Whether numbers from outside are told apart only, or shown. */
export type Numbers = 'masked' | 'shown';

const longestLog = 1024 * 1024;
/** Longer than any extension of most offices; a number of the box itself is known by its settings. */
const outsideNumber = /\+?\d{6,}/g;
/** A shorter one stands in too many words by chance. */
const shortestSecret = 4;
/** Keys of the settings whose values nobody needs who helps, beside the secrets. */
const personal: ReadonlySet<string> = new Set(['username', 'authName', 'callerId', 'url']);

/**
 * The latest lines of the log for whoever helps from afar: whole lines, in which nothing stands that the settings keep secret, no name of a
 * person, no one-time code, and of numbers from outside only which are the same.
 */
export async function logForSupport(path: string, settings: Settings, numbers: Numbers): Promise<readonly string[]> {
  const lines = await latestLines(path);
  const blot = blotterOf(settings);
  const mask = numbers === 'masked' ? maskFor(settings) : (line: string) => line;
  return lines.map((line) => mask(blot(withoutNames(withoutOneTimeCodes(line)))));
}

const text = '(?:[^"\\\\]|\\\\.)*';
/** Where the log names users, who are not in the settings, and what callers call themselves. */
const named = [
  new RegExp(`("(?:by|user|owner)":")${text}(?=")`, 'g'),
  new RegExp(`("user )${text}(?=")`, 'g'),
  new RegExp(`("number":"${text}","name":")${text}(?=")`, 'g'),
];

const withoutNames = (line: string): string => named.reduce((left, each) => left.replaceAll(each, '$1(hidden)'), line);

/** Blots out what the settings hide, wherever it stands, and people by their names. */
function blotterOf(settings: Settings): (line: string) => string {
  const values = hiddenValues(settings).sort((one, other) => other.length - one.length);
  const names = settings.extensions.map(({ name }) => `(?<![\\p{L}\\d])${escaped(name)}(?![\\p{L}\\d])`);
  const hidden = new RegExp([...new Set([...values.map(escaped), ...names])].join('|') || '(?!)', 'gu');
  return (line) => line.replaceAll(hidden, '(hidden)');
}

/** As it stands in a line of JSON, for a pattern. */
const escaped = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function hiddenValues(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isHidden = secretKeys.has(key) || personal.has(key);
    if (typeof inner === 'string') return isHidden && inner.length >= shortestSecret ? [inner] : [];
    return hiddenValues(inner);
  });
}

/** Puts a mark in place of each number from outside, the same for the same number. */
function maskFor({ extensions }: Settings): (line: string) => string {
  const own: ReadonlySet<string> = new Set(extensions.map(({ number }) => number));
  const marks = new Map<string, string>();
  const markOf = (number: string): string => {
    if (own.has(number)) return number;
    const mark = marks.get(number) ?? `(number ${marks.size + 1})`;
    marks.set(number, mark);
    return mark;
  };
  return (line) => line.replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) => text.replaceAll(outsideNumber, markOf));
}

/** The latest lines that fit, oldest first. */
async function latestLines(path: string): Promise<readonly string[]> {
  const file = await openRegular(path, 'read').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (file === null) return [];
  const lines: string[] = [];
  let room = longestLog;
  try {
    for await (const line of linesBackwards(file, (await file.stat()).size)) {
      room -= Buffer.byteLength(line) + 1;
      if (room < 0) break;
      lines.push(line);
    }
  } finally {
    await file.close();
  }
  return lines.reverse();
}
