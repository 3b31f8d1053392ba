import type { LogEntry, LogLevel } from '../../primitives/log-entry.js';

/** Who says it: the box on its network, and the process on the box. */
export interface Sender {
  readonly host: string;
  readonly process: number;
}

/** `local0`, which the system itself does not use. */
const facility = 16;
const severities: Readonly<Record<LogLevel, number>> = { fatal: 2, error: 3, warn: 4, info: 6, debug: 7, trace: 7 };

/** What every receiver should take (RFC 5425, 4.3.1); the rest of a longer entry is in the file. */
const mostBytes = 8192;
/** Where the count begins anew (RFC 5424, 7.3.1). */
const mostSequence = 2 ** 31 - 1;

/**
 * An entry as a message of RFC 5424, with the code of the entry as its kind. Its number tells the receiver that others are missing before it.
 *
 * @param sequence Number of the entry, from 1.
 */
export function syslogMessage({ time, level, message, fields }: LogEntry, sequence: number, sender: Sender): Buffer {
  const priority = facility * 8 + severities[level];
  const head = [
    ...[`<${priority}>1`, timestamp(time), visible(sender.host, 255), 'modcall', sender.process],
    ...[visible(fields.code, 32), `[meta sequenceId="${((sequence - 1) % mostSequence) + 1}"]`],
  ];
  const content = Object.keys(fields).length === 0 ? message : `${message} ${JSON.stringify(fields)}`;
  return cut(Buffer.from(`${head.join(' ')} ${marked(inOneLine(content))}`));
}

/** By its length, so that nothing in a message can be taken for the end of it (RFC 5425, 4.3). */
export const framed = (message: Buffer): Buffer => Buffer.concat([Buffer.from(`${message.length} `), message]);

const nothing = '-';

const timestamp = (time: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(time) ? time : nothing;

/** What can stand in a field of the head: ASCII without spaces. */
const visible = (value: unknown, most: number): string =>
  typeof value === 'string' && /^[!-~]+$/.test(value) && value.length <= most ? value : nothing;

/** Many receivers write a message into a file as it is, where a line feed would begin another one. */
const inOneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What is not ASCII alone has to say that it is UTF-8 (RFC 5424, 6.4). */
const marked = (text: string): string => (/^[ -~]*$/.test(text) ? text : `\ufeff${text}`);

/** Not in the middle of a character. */
function cut(message: Buffer): Buffer {
  if (message.length <= mostBytes) return message;
  let end = mostBytes;
  while (((message[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return message.subarray(0, end);
}
