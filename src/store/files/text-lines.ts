import { createReadStream } from 'node:fs';

export interface Line {
  /** Without the line feed. */
  readonly text: string;
  /** False for a last line that no line feed ends. */
  readonly complete: boolean;
}

/** Lines of a file, one at a time, so that a file of any size can be read. Only a line feed ends a line. */
export async function* linesOf(path: string, start = 0): AsyncGenerator<Line> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8', start })) {
    const parts = `${rest}${chunk}`.split('\n');
    rest = parts.pop() ?? '';
    for (const text of parts) yield { text, complete: true };
  }
  if (rest !== '') yield { text: rest, complete: false };
}
