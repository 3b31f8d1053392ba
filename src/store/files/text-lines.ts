import { hasCode } from './durable-file.js';
import { textOf } from './regular-file.js';

export interface Line {
  /** Without the line feed. */
  readonly text: string;
  /** False for a last line that no line feed ends. */
  readonly complete: boolean;
}

/** Far longer than any line that Modcall writes. A longer one is cut to this. */
const longestLine = 1024 * 1024;

/** Lines of a file, one at a time, so that a file of any size can be read, whatever it holds. Only a line feed ends a line. */
export async function* linesOf(path: string, start = 0): AsyncGenerator<Line> {
  let rest: string[] = [];
  let length = 0;
  const take = (part: string) => {
    if (length < longestLine) rest.push(part.slice(0, longestLine - length));
    length += part.length;
  };
  for await (const chunk of textOf(path, start)) {
    const [first = '', ...others] = chunk.split('\n');
    take(first);
    for (const part of others) {
      yield { text: rest.join(''), complete: true };
      rest = [];
      length = 0;
      take(part);
    }
  }
  if (length > 0) yield { text: rest.join(''), complete: false };
}

/** The same, or none where there is no file. */
export async function* linesOrNone(path: string, start = 0): AsyncGenerator<Line> {
  try {
    yield* linesOf(path, start);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
