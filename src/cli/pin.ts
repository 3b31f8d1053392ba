import { text } from '../locales/text.js';
import { askOperation } from './box/ask-operation.js';
import { textOf } from './box/box-client.js';
import { boxFor } from './box/open-box.js';
import type { Command, CommandContext } from './command.js';
import { saying } from './command-error.js';
import { refusalOf } from './output/problem-text.js';
import { usageNamed } from './table/named-usage.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { noInput, usageError, wordMissing } from './words.js';

/** `modcall pin set EXTENSION`. The PIN is never an argument: those can be seen by everyone on the machine. */
export const runPin: Command = (args, context) => saying(context.terminal, () => setPinOf(args, context));

async function setPinOf([verb, extension, ...more]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const { language } = terminal;
  if (verb === undefined) throw wordMissing('pin', ['set']);
  if (verb !== 'set' || extension === undefined || more.length > 0) {
    throw usageError(verb === 'set' ? more[0] : verb, 'command.pinUsage');
  }
  // To be asked before the PIN is. Nobody holds the data folder while somebody types.
  const found = await asked(context, 'extensions show', { number: extension });
  if (!found.ok) return refuse(terminal, found.body);
  const pin = await askForPin(terminal);
  if (pin === null) {
    terminal.printError(text(language, 'command.pinsDiffer'));
    return exitCode.refused;
  }
  const set = await asked(context, 'pins set', { number: extension, pin });
  if (!set.ok) return refuse(terminal, set.body);
  terminal.print(text(language, 'command.pinSet', { extension }));
  const { moderates }: { moderates: unknown } = JSON.parse(set.body);
  if (moderates !== true) terminal.print(text(language, 'command.pinOpensNothing', { extension }));
  return exitCode.ok;
}

function refuse(terminal: Terminal, body: string): ExitCode {
  const refusal = refusalOf(body, terminal.language);
  terminal.printError(refusal.text);
  return refusal.exitCode;
}

async function asked(context: CommandContext, name: string, input: Readonly<Record<string, unknown>>) {
  const box = await (await boxFor(name, context))();
  try {
    const answer = await askOperation(box.client, usageNamed(name), input, null);
    return { ok: answer.statusCode === 200, body: await textOf(answer) };
  } finally {
    await box.close();
  }
}

const longestInput = 64;

/** Typed twice by a person, or read as one line; null when the two differ. */
async function askForPin(terminal: Terminal): Promise<string | null> {
  if (!terminal.isInteractive) return pipedPin(terminal);
  const { language } = terminal;
  const pin = await terminal.readSecret(text(language, 'command.newPin'));
  return (await terminal.readSecret(text(language, 'command.newPinAgain'))) === pin ? pin : null;
}

async function pipedPin(terminal: Terminal): Promise<string> {
  const pin = (await terminal.readInput(longestInput)).trim();
  if (pin === '') throw noInput(text(terminal.language, 'command.newPin'));
  return pin;
}
