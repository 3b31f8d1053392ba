import { type LogEntry, type LogLevel, logLevels } from '../primitives/log-entry.js';
import { withoutOneTimeCodes } from '../primitives/one-time-codes.js';
import { hasCode } from '../store/files/durable-file.js';
import { parseJson } from '../store/files/json-text.js';
import { linesBackwards } from '../store/files/lines-backwards.js';
import { openRegular } from '../store/files/regular-file.js';

/** So many lines are looked at, however few are of the level. */
const mostLookedAt = 20_000;
/** As the log keeps them. */
const olderFiles = ['.1', '.2', '.3', '.4'];

/** The log as it lies on disk. */
export class LogAdmin {
  /** @param path of the present file; older ones lie beside it. */
  constructor(private readonly path: string) {}

  /** The latest entries of a level or a more severe one, the oldest of them first. */
  async latest(count: number, level: LogLevel): Promise<readonly LogEntry[]> {
    const entries: LogEntry[] = [];
    let lookedAt = 0;
    for await (const line of this.#lines()) {
      const entry = entryOf(line);
      if (entry && logLevels.indexOf(entry.level) >= logLevels.indexOf(level)) entries.push(entry);
      lookedAt += 1;
      if (entries.length >= count || lookedAt >= mostLookedAt) break;
    }
    return entries.reverse();
  }

  async *#lines(): AsyncGenerator<string> {
    for (const suffix of ['', ...olderFiles]) {
      const file = await openRegular(`${this.path}${suffix}`, 'read').catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) return null;
        throw error;
      });
      if (file === null) return;
      try {
        yield* linesBackwards(file, (await file.stat()).size);
      } finally {
        await file.close();
      }
    }
  }
}

function entryOf(line: string): LogEntry | null {
  const parsed = parseJson(withoutOneTimeCodes(line));
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return null;
  const { time, level, msg, ...fields } = parsed.value as Readonly<Record<string, unknown>>;
  const known = logLevels.find((each) => each === level);
  return known ? { time: String(time), level: known, message: String(msg ?? ''), fields } : null;
}
