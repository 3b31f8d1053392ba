import { operations } from '../admin/operations.js';
import { closest, type Language } from '../admin/speaking.js';
import { text } from '../locales/text.js';
import type { Command } from './command.js';
import { CommandError } from './command-error.js';
import { completionOf } from './completion.js';
import { type OwnCommand, ownCommands } from './own-commands.js';
import { commandOf } from './run-operation.js';
import { type CommandWords, wordsOf } from './table/bash-completion.js';
import { nounHelp, tableHelp, verbHelp } from './table/help.js';
import { usageOf } from './table/usage.js';
import { exitCode } from './terminal.js';
import { usageError, wordMissing } from './words.js';

const table = operations.map((operation) => {
  const [noun = '', verb = ''] = operation.name.split(' ');
  return { noun, verb, operation };
});

const own: ReadonlyMap<string, OwnCommand> = new Map([
  ...ownCommands,
  ['completion', { run: completionOf(commandWords), usage: 'client.completion', options: ['bash'] }],
]);

/** A command with its remaining words. */
export interface FoundCommand {
  readonly run: Command;
  readonly args: readonly string[];
}

/** The command that these words name: one of its own, or one that is made from the table. @throws CommandError */
export function findCommand([first = '', ...rest]: readonly string[]): FoundCommand {
  const [second] = rest;
  const ofTwo = own.get(`${first} ${second}`);
  if (ofTwo) return { run: ofTwo.run, args: rest.slice(1) };
  const row = table.find(({ noun, verb }) => noun === first && verb === second);
  if (row) return { run: commandOf(usageOf(row.operation)), args: rest.slice(1) };
  const single = own.get(first);
  if (single) return { run: single.run, args: rest };
  const verbs = verbsOf(first);
  if (verbs.length === 0) throw unknownNoun(first);
  throw second === undefined ? wordMissing(first, verbs) : unknownVerb(first, second, verbs);
}

/** How these words are used. @throws CommandError */
export function helpOn([first = '', second]: readonly string[], language: Language): string {
  const row = table.find(({ noun, verb }) => noun === first && verb === second);
  if (row && !own.has(`${first} ${second}`)) return verbHelp(usageOf(row.operation), language);
  const found = own.get(`${first} ${second}`) ?? own.get(first);
  if (found) return text(language, found.usage);
  if (verbsOf(first).length === 0) throw unknownNoun(first);
  return nounTexts(first, language).join('\n\n');
}

function unknownNoun(name: string): CommandError {
  const known = [...own.keys(), ...table.map(({ noun }) => noun)].map((words) => words.replace(/ .*/, ''));
  return new CommandError(
    { code: 'command.unknown', params: { name, meant: closest(name, known) ?? null } },
    exitCode.usage,
  );
}

/** An option is no verb, whatever it resembles. */
function unknownVerb(noun: string, verb: string, verbs: readonly string[]): CommandError {
  if (verb.startsWith('-')) return usageError(verb, 'command.usage');
  const meant = closest(verb, verbs);
  const params = { name: `${noun} ${verb}`, meant: meant === undefined ? null : `${noun} ${meant}` };
  return new CommandError({ code: 'command.unknown', params }, exitCode.usage);
}

/** All commands, as they are completed. */
function commandWords(): readonly CommandWords[] {
  const ofOwn = [...own].map(([words, { options }]) => ({
    words,
    options: [...options, '--help'],
    choices: new Map<string, readonly string[]>(),
  }));
  const rows = table.filter(({ operation }) => !own.has(operation.name));
  return [...ofOwn, ...rows.map(({ operation }) => wordsOf(usageOf(operation)))];
}

/** What there is. */
export const helpOnAll = (language: Language): string =>
  [text(language, 'command.usage'), text(language, 'client.table'), tableHelp(table)].join('\n\n');

function nounTexts(noun: string, language: Language): readonly string[] {
  const ofNoun = [...own].filter(([words]) => words.startsWith(`${noun} `));
  const texts = new Set(ofNoun.map(([, { usage }]) => text(language, usage)));
  const rows = table.filter((row) => row.noun === noun && !own.has(`${noun} ${row.verb}`));
  const usages = rows.map(({ operation }) => usageOf(operation));
  return [...(usages.length > 0 ? [nounHelp(usages, language)] : []), ...texts];
}

function verbsOf(noun: string): readonly string[] {
  const ofOwn = [...own.keys()].filter((words) => words.startsWith(`${noun} `));
  const ofTable = table.filter((row) => row.noun === noun).map(({ verb }) => verb);
  return [...new Set([...ofOwn.map((words) => words.slice(noun.length + 1)), ...ofTable])];
}
