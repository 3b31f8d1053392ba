import { type Logger, multistream, pino, stdTimeFunctions } from 'pino';
import type { Message } from '../locales/codes.js';
import { hasText, textOf } from '../locales/text.js';
import type { Language } from '../primitives/language.js';
import type { LogLevel } from '../primitives/log-entry.js';
import { AdminError } from '../store/admin-error.js';
import { RotatingFile } from '../store/files/rotating-file.js';

export type Log = Logger;

export interface LogOptions {
  readonly level: LogLevel;
  /** The language of the advice: what to do about an entry. */
  readonly language: Language;
  /** Path of the log file; older ones lie beside it as `.1` to `.4`. */
  readonly file: string;
  readonly stdout: { write(text: string): unknown };
  /** Whether a person reads stdout: lines to read instead of JSON. The file is always JSON, one object a line. */
  readonly readable: boolean;
}

const fileLimit = 5 * 1024 * 1024;
const filesKept = 4;

export interface OpenLog {
  readonly log: Log;
  /** Goes on in a new file where the old one was moved away. */
  reopen(): void;
  /** Logs so much from now on, with advice in this language. */
  follow(options: Pick<LogOptions, 'level' | 'language'>): void;
  /** Has every entry told to this listener, too, from now on, as it stands in the file. */
  tell(listener: (line: string) => void): void;
}

/** Opens the log. Every entry goes to stdout and to the file; times are ISO in UTC, except for people. */
export function openLog({ level, language: first, file: path, stdout, readable }: LogOptions): OpenLog {
  let language = first;
  const file = new RotatingFile(path, fileLimit, filesKept);
  const terminal = readable ? { write: (line: string) => stdout.write(readableLine(line)) } : stdout;
  const listeners: ((line: string) => void)[] = [];
  const listening = {
    write(line: string) {
      for (const listener of listeners) listener(line);
    },
  };
  const log = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => concealed(withAdvice(fields, language), 0),
      },
      serializers: { error: errorFields, err: errorFields },
      // The fields of child loggers do not come past the formatter.
      redact: { paths: [...secretNames].flatMap((name) => [name, `*.${name}`]), censor: hidden },
    },
    multistream([terminal, file, listening].map((stream) => ({ level: 'trace', stream }))),
  );
  const reopen = () => {
    try {
      file.close();
    } catch (error) {
      log.warn({ error }, 'the log file could not be closed; a new one is opened all the same');
    }
  };
  const follow: OpenLog['follow'] = (options) => {
    log.level = options.level;
    ({ language } = options);
  };
  const tell: OpenLog['tell'] = (listener) => {
    listeners.push(listener);
  };
  return { log, reopen, follow, tell };
}

/** What an error says. Where the system or the box itself says what is wrong, where in the program it came up is of no use. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack } = error;
  if (error instanceof AdminError) return { name, ...error.problem };
  return 'code' in error ? { name, message, code: error.code } : { name, message, stack };
}

/** Advice comes as a message, so that those who give it need not know its words. */
function withAdvice(fields: Record<string, unknown>, language: Language): Record<string, unknown> {
  const { advice } = fields;
  return isMessage(advice) ? { ...fields, advice: textOf(language, advice) } : fields;
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'code' in value && hasText(String(value.code));
}

/**
 * A second line of defence: no secret is handed to the log, and if one is, it does not get further. Keys that a person presses are
 * among the secrets, since a PIN is made of them.
 */
const secretNames = new Set([
  'password',
  'pin',
  'digit',
  'digits',
  'secret',
  'token',
  'authorization',
  'licencekey',
  'a1',
]);
const hidden = '(hidden)';
const deepest = 6;

function concealed(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      secretNames.has(name.toLowerCase().replace(/[-_]/g, '')) ? hidden : concealedValue(value, depth + 1),
    ]),
  );
}

function concealedValue(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return depth > deepest ? '…' : value.map((item) => concealedValue(item, depth + 1));
  if (!isPlain(value)) return value;
  return depth > deepest ? '…' : concealed(value, depth);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** `12:00:05.123 INFO  text  name=value …`, in the time of the place. What the text names already is told field by field. */
function readableLine(line: string): string {
  const { time, level, msg, ...rest }: Record<string, unknown> = JSON.parse(line);
  const fields = Object.entries(rest)
    .flatMap(([name, value]) => (isPlain(value) && value.type === msg ? withoutType(value) : [[name, value] as const]))
    .map(([name, value]) => `${name}=${fieldText(value)}`);
  const head = `${timeOfDay(new Date(String(time)))} ${String(level).toUpperCase().padEnd(5)} ${msg ?? ''}`;
  return `${[head, ...fields].join('  ')}\n`;
}

const withoutType = (fields: Record<string, unknown>) => Object.entries(fields).filter(([name]) => name !== 'type');

const timeOfDay = (at: Date): string =>
  `${at.toTimeString().slice(0, 8)}.${String(at.getMilliseconds()).padStart(3, '0')}`;

function fieldText(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'message' in value) return JSON.stringify(value.message);
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
