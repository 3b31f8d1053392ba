import type { IncomingMessage } from 'node:http';
import { boxGone, textOf } from './box/box-client.js';
import { type BoxEvent, eventsIn } from './box/event-stream.js';
import { findBox } from './box/find-box.js';
import type { Command, CommandContext } from './command.js';
import { CommandError, saying } from './command-error.js';
import { eventText } from './output/event-text.js';
import { refusalOf } from './output/problem-text.js';
import { type ExitCode, exitCode } from './terminal.js';
import { parseWords, usageError } from './words.js';

/** `modcall events [KIND …]`: tells what happens in the running box, until it is interrupted. */
export const runEvents: Command = (words, context) =>
  saying(context.terminal, () => {
    const { kinds, json } = parsed(words);
    return watch('events', kinds, json, context);
  });

/** `modcall log`: the log as it is written. */
export const runLog: Command = (words, context) =>
  saying(context.terminal, () => {
    const { kinds, json } = parsed(words);
    if (kinds[0] !== undefined) throw usageError(kinds[0], 'command.usage');
    return watch('log', ['log'], json, context);
  });

function parsed(words: readonly string[]) {
  const { values, positionals } = parseWords({
    args: [...words],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  return { kinds: positionals, json: values.json };
}

async function watch(
  command: string,
  kinds: readonly string[],
  json: boolean,
  { terminal, dataFolder }: CommandContext,
): Promise<ExitCode> {
  const { language } = terminal;
  const lineOf = (event: BoxEvent) =>
    json ? JSON.stringify({ kind: event.kind, ...event.data }) : eventText(event, language);
  const box = await findBox(dataFolder, language);
  if (!box) throw new CommandError({ code: 'client.boxNotRunning', params: { command } }, exitCode.failed);
  const query = new URLSearchParams();
  for (const kind of kinds) query.append('kinds', kind);
  const answer = await box.ask({ method: 'GET', path: `/api/events${query.size === 0 ? '' : `?${query}`}` });
  if (answer.statusCode === 200) return follow(answer, (event) => terminal.print(lineOf(event)));
  const refusal = refusalOf(await textOf(answer), language);
  terminal.printError(refusal.text);
  return refusal.exitCode;
}

/** Until the box ends, which is told as an error: whoever watches should know that there is nothing any more. */
async function follow(answer: IncomingMessage, tell: (event: BoxEvent) => void): Promise<never> {
  try {
    for await (const event of eventsIn(answer)) {
      if (event.kind === 'cut') throw new CommandError({ code: 'client.cut' }, exitCode.failed);
      if (event.kind !== 'reset') tell(event);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
  }
  throw boxGone('client.boxEnded');
}
