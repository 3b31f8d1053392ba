import { readFile, stat } from 'node:fs/promises';
import type { Language } from '../../admin/speaking.js';
import { text } from '../../locales/text.js';
import { fileText } from '../../primitives/file-text.js';
import { CommandError } from '../command-error.js';
import { exitCode, type Terminal } from '../terminal.js';
import { noInput } from '../words.js';
import type { Arguments } from './arguments.js';
import type { Field } from './field.js';
import { jsonOf, place } from './field-value.js';

/** More than the box takes at a time. */
const largestFile = 16 * 1024 * 1024;
const longestLine = 4096;

/** The whole input: with what is in files, what is typed, and what is read from standard input. @throws CommandError */
export async function gather(args: Arguments, terminal: Terminal): Promise<Record<string, unknown>> {
  const input = { ...args.input };
  for (const { field, path } of args.files) place(input, field.path, await fileValue(field, path, terminal));
  const lines = terminal.isInteractive || args.asked.length === 0 ? [] : await inputLines(terminal);
  for (const [index, field] of args.asked.entries()) {
    const typed = terminal.isInteractive ? await typedSecret(field, terminal) : (lines[index] ?? '');
    if (typed === '') throw noInput(questionFor(field, terminal.language));
    place(input, field.path, typed);
  }
  return input;
}

async function inputLines(terminal: Terminal): Promise<readonly string[]> {
  return (await terminal.readInput(longestLine)).split(/\r?\n/);
}

/** Typed twice, unless the box knows it: then a slip is noticed there. */
async function typedSecret(field: Field, terminal: Terminal): Promise<string> {
  const { language } = terminal;
  const once = await terminal.readSecret(questionFor(field, language));
  if (field.secret === 'known' || once === '') return once;
  const again = await terminal.readSecret(text(language, 'client.again', { name: field.option }));
  if (again !== once) throw new CommandError({ code: 'client.secretsDiffer' }, exitCode.refused);
  return once;
}

const questionFor = ({ option }: Field, language: Language): string => text(language, 'client.ask', { name: option });

async function fileValue(field: Field, path: string, terminal: Terminal): Promise<unknown> {
  if (field.mostSent !== null) return bytesOf(path, field.mostSent);
  const bytes = path === '-' ? Buffer.from(await terminal.readInput(largestFile)) : await bytesOf(path, largestFile);
  if (field.isBytes) return bytes.toString('base64');
  const content = fileText(bytes);
  if (field.secret === 'new' || field.secret === 'known') return content.split(/\r?\n/)[0];
  return field.kind === 'text' ? content : jsonOf(field, content.trim());
}

/** @throws CommandError for a file that cannot be read, or has more than so many bytes. */
export async function bytesOf(path: string, most: number): Promise<Buffer> {
  const failed = (code: 'command.tooLarge' | 'command.cannotRead') =>
    new CommandError({ code, params: { path } }, exitCode.failed);
  const found = await stat(path).catch(() => {
    throw failed('command.cannotRead');
  });
  if (found.size > most) throw failed('command.tooLarge');
  return readFile(path).catch(() => {
    throw failed('command.cannotRead');
  });
}
