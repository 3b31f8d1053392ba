import { readFile, stat } from 'node:fs/promises';
import { text } from '../locales/text.js';
import { CommandError } from './command-error.js';
import { exitCode, type Terminal } from './terminal.js';
import { parseWords } from './words.js';

/** Where a passphrase comes from, if not asked for: never from the command line, which others can see. */
export interface PassphraseOption {
  readonly 'passphrase-file'?: string;
}

/** The options of a command that seals or opens a file. */
export interface SealingArguments extends PassphraseOption {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly output?: string;
}

/** @throws CommandError that names the word that was not understood. */
export function parseSealing(args: readonly string[]): SealingArguments {
  const { values, positionals } = parseWords({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      output: { type: 'string' },
      'passphrase-file': { type: 'string' },
    },
  });
  return { words: positionals, ...values };
}

/** For something new, and therefore asked for twice. */
export async function newPassphrase(terminal: Terminal, option: PassphraseOption): Promise<string> {
  const { language } = terminal;
  const fromFile = await passphraseFromFile(option);
  if (fromFile !== undefined) return fromFile;
  const passphrase = await terminal.readSecret(text(language, 'command.identity.passphrase'));
  // Only a person who types can mistype.
  if (!terminal.isInteractive) return passphrase;
  const again = await terminal.readSecret(text(language, 'command.identity.passphraseAgain'));
  if (again !== passphrase) throw new CommandError({ code: 'command.identity.passphrasesDiffer' }, exitCode.failed);
  return passphrase;
}

export async function knownPassphrase(terminal: Terminal, option: PassphraseOption): Promise<string> {
  return (
    (await passphraseFromFile(option)) ??
    (await terminal.readSecret(text(terminal.language, 'command.identity.passphrase')))
  );
}

/** The first line of the file; undefined when none is given. */
async function passphraseFromFile({ 'passphrase-file': path }: PassphraseOption): Promise<string | undefined> {
  return path === undefined ? undefined : (await readSmallFile(path)).split(/\r?\n/)[0];
}

const largestSmallFile = 64 * 1024;

export async function readSmallFile(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > largestSmallFile)
      throw new CommandError({ code: 'command.tooLarge', params: { path } }, exitCode.failed);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError({ code: 'command.cannotRead', params: { path } }, exitCode.failed);
  }
}
