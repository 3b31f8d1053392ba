import { z } from 'zod';
import { text } from '../locales/text.js';
import { askOperation } from './box/ask-operation.js';
import { type BoxClient, textOf } from './box/box-client.js';
import { saying } from './command-error.js';
import { keyGiven, type LicenceArguments, parseLicence } from './licence.js';
import { refusalOf } from './output/problem-text.js';
import { usageNamed } from './table/named-usage.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { usageError } from './words.js';

const shown = z.object({ details: z.object({ text: z.string() }).nullable() });

/** `modcall licence enter|remove` where a box runs: it alone changes its licence, and the change counts at once. */
export const changeLicence = (
  [verb, ...rest]: readonly string[],
  terminal: Terminal,
  box: BoxClient,
): Promise<ExitCode> =>
  saying(terminal, async () => {
    const args = parseLicence(rest);
    if (verb === 'enter') return ask(terminal, box, 'licence enter', { key: await keyGiven(terminal, args) }, args);
    if (args.words[0] !== undefined) throw usageError(args.words[0], 'command.licence.usage');
    return ask(terminal, box, 'licence remove', {}, args);
  });

const done = { 'licence enter': 'command.licence.accepted', 'licence remove': 'client.done' } as const;

async function ask(
  terminal: Terminal,
  box: BoxClient,
  name: keyof typeof done,
  input: Readonly<Record<string, unknown>>,
  { json }: LicenceArguments,
): Promise<ExitCode> {
  const { language } = terminal;
  const answer = await askOperation(box, usageNamed(name), input, null);
  const body = await textOf(answer);
  if (answer.statusCode !== 200) {
    const refusal = refusalOf(body, language);
    const unchanged = name === 'licence enter' ? [text(language, 'command.licence.notTaken')] : [];
    terminal.printError(json ? body : [refusal.text, ...unchanged].join('\n'));
    return refusal.exitCode;
  }
  const { details } = shown.parse(JSON.parse(body));
  terminal.print(json ? body : [text(language, done[name]), ...(details ? [details.text] : [])].join('\n'));
  return exitCode.ok;
}
