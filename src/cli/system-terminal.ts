import { languageOf } from '../admin/settings.js';
import { askSecret } from './ask-secret.js';
import type { Terminal } from './terminal.js';

/** Where nobody says how wide it is shown, as in a file or a pipe. */
const widthOfFile = 100;

/** The standard input and output of this process. */
export function systemTerminal(environment: Readonly<Record<string, string | undefined>>): Terminal {
  return {
    language: languageOf(environment),
    isInteractive: process.stdin.isTTY === true,
    width: process.stdout.columns ?? widthOfFile,
    print: (text) => console.log(text),
    printError: (text) => console.error(text),
    readInput,
    readSecret: askSecret,
  };
}

async function readInput(limit: number): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) {
    text += part;
    if (text.length > limit) break;
  }
  return text;
}
