import type { IncomingMessage } from 'node:http';
import { text } from '../../locales/text.js';
import { boxGone, textOf } from '../box/box-client.js';
import { writeNewPieces } from '../new-file.js';
import type { Arguments } from '../table/arguments.js';
import { type ExitCode, exitCode, type Terminal } from '../terminal.js';
import { refusalOf } from './problem-text.js';
import { valueText } from './value-text.js';

/** Shows what the box answers, or writes it to a file. */
export async function showAnswer(
  answer: IncomingMessage,
  { json, output }: Pick<Arguments, 'json' | 'output'>,
  terminal: Terminal,
): Promise<ExitCode> {
  const { statusCode = 0, headers } = answer;
  if (statusCode >= 400) return refuse(await textOf(answer), json, terminal);
  if (output !== undefined) return writeTo(output, answer, json, terminal);
  const body = await textOf(answer);
  const isJson = (headers['content-type'] ?? '').startsWith('application/json');
  if (!isJson && body !== '') terminal.print(body.replace(/\r?\n$/, ''));
  else if (json) terminal.print(body === '' ? 'null' : body);
  else terminal.print(body === '' ? text(terminal.language, 'client.done') : valueText(JSON.parse(body), terminal));
  return exitCode.ok;
}

/** Programs get the answer of the box as it is, too. */
function refuse(body: string, json: boolean, terminal: Terminal): ExitCode {
  const refusal = refusalOf(body, terminal.language);
  terminal.printError(json && body !== '' ? body : refusal.text);
  return refusal.exitCode;
}

async function writeTo(path: string, answer: IncomingMessage, json: boolean, terminal: Terminal): Promise<ExitCode> {
  await writeNewPieces(path, wholeOf(answer));
  terminal.print(json ? JSON.stringify({ written: path }) : text(terminal.language, 'command.written', { path }));
  return exitCode.ok;
}

/** An answer that breaks off is none. */
async function* wholeOf(answer: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of answer) yield chunk;
  } catch {
    throw boxGone();
  }
  if (!answer.complete) throw boxGone();
}
