import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { PlainTextCode } from '../locales/codes.js';
import { CommandError } from './command-error.js';
import { exitCode } from './terminal.js';

/** Reads the words of a command. @throws CommandError that names the word that was not understood. */
export function parseWords<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw notUnderstood(wordIn(error instanceof Error ? error.message : ''));
  }
}

/** Without a word something is missing, and the usage says what. */
export function usageError(word: string | undefined, usage: PlainTextCode): CommandError {
  return word === undefined ? new CommandError({ code: usage }, exitCode.usage) : notUnderstood(word);
}

/** @param next what may stand behind the words there are. */
export function wordMissing(command: string, next: readonly string[]): CommandError {
  return new CommandError({ code: 'command.wordMissing', params: { command, next: next.join(' | ') } }, exitCode.usage);
}

/** @param option without its dashes. */
export const optionMissing = (option: string): CommandError =>
  new CommandError({ code: 'client.optionMissing', params: { option } }, exitCode.usage);

/** @param question in reply to which nothing came: it names what was to be typed. */
export function noInput(question: string): CommandError {
  return new CommandError(
    { code: 'command.noInput', params: { asked: question.replace(/:\s*$/, '') } },
    exitCode.usage,
  );
}

function notUnderstood(word: string): CommandError {
  return new CommandError({ code: 'command.notUnderstood', params: { word } }, exitCode.usage);
}

/** Node quotes it, and says the rest in English. */
function wordIn(message: string): string {
  return /'([^']+)'/.exec(message)?.[1] ?? message;
}
