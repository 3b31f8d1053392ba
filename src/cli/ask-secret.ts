import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { noInput } from './words.js';

/**
 * Asks at the terminal for a text that is not shown while it is typed; from a pipe, the first line.
 * @throws CommandError when the input ends without one.
 */
export async function askSecret(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: process.stdin.isTTY });
  // Only now, when the terminal no longer echoes.
  process.stderr.write(question);
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('close', () => reject(noInput(question)));
    });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
