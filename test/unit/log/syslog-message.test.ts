import { expect, it, test } from 'vitest';
import { framed, syslogMessage } from '../../../src/log/remote/syslog-message.js';
import type { LogEntry } from '../../../src/primitives/log-entry.js';

const entry: LogEntry = { time: '2026-03-04T12:00:05.003Z', level: 'info', message: 'ready', fields: {} };
const sender = { host: 'modcall-1a2b.example.com', process: 812 };
const messageOf = (changes: Partial<LogEntry>, sequence = 1, from = sender) =>
  syslogMessage({ ...entry, ...changes }, sequence, from).toString();

/** The grammar of RFC 5424, section 6, as far as this log uses it. */
const grammar =
  /^<(?<priority>\d{1,3})>1 (?<time>\S+) (?<host>[!-~]{1,255}) (?<app>[!-~]{1,48}) (?<process>[!-~]{1,128}) (?<kind>[!-~]{1,32}) (?<structured>-|(?:\[[!-~]+(?: [!-~]+="(?:[^"\\\]]|\\.)*")*\])+) (?<text>.*)$/u;
const parse = (message: string) => {
  const groups = grammar.exec(message)?.groups;
  expect(groups, message).toBeDefined();
  return groups ?? {};
};

test.each([
  // Those of RFC 5424, section 6.5.
  "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - BOM'su root' failed for lonvick on /dev/pts/8",
  "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.",
  '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"] BOMAn application event log entry...',
])('the grammar of this test takes %s', (example) => {
  parse(example);
});

it('is a message of RFC 5424', () => {
  expect(messageOf({})).toBe(
    '<134>1 2026-03-04T12:00:05.003Z modcall-1a2b.example.com modcall 812 - [meta sequenceId="1"] ready',
  );
  const fields = { code: 'remoteLogReached', host: 'logs.example.com' };
  expect(parse(messageOf({ fields, message: 'the log goes to its server' }, 7))).toMatchObject({
    kind: 'remoteLogReached',
    structured: '[meta sequenceId="7"]',
    text: 'the log goes to its server {"code":"remoteLogReached","host":"logs.example.com"}',
  });
});

test.each([
  ['trace', 135],
  ['debug', 135],
  ['info', 134],
  ['warn', 132],
  ['error', 131],
  ['fatal', 130],
] as const)('what is logged as %s has the priority %i', (level, priority) => {
  expect(parse(messageOf({ level })).priority).toBe(String(priority));
});

test.each([
  ['a code with spaces', { fields: { code: 'no kind' } }],
  ['a code that is too long', { fields: { code: 'x'.repeat(33) } }],
  ['a code that is a number', { fields: { code: 7 } }],
  ['a code with what is not ASCII', { fields: { code: 'gestört' } }],
])('%s stands in no field of the head', (_what, changes) => {
  expect(parse(messageOf(changes)).kind).toBe('-');
});

it('leaves out a host name and a time that a message cannot have', () => {
  expect(parse(messageOf({}, 1, { host: 'büro', process: 1 })).host).toBe('-');
  expect(parse(messageOf({ time: '1 May' })).time).toBe('-');
});

it('begins its count anew where it has to', () => {
  expect(messageOf({}, 2 ** 31 - 1)).toContain('sequenceId="2147483647"');
  expect(messageOf({}, 2 ** 31)).toContain('sequenceId="1"');
});

it('stays one line whatever is logged', () => {
  const message = 'one\ntwo\r\u0000\u001b[31m\u0085\u2028end';
  expect(parse(messageOf({ message, fields: { name: 'a\nb\u007f' } })).text).toBe(
    '\ufeffone\\u000atwo\\u000d\\u0000\\u001b[31m\\u0085\\u2028end {"name":"a\\nb\\u007f"}'.slice(1),
  );
});

it('says that it is UTF-8 where it is not ASCII alone', () => {
  expect(parse(messageOf({ message: 'Grüße' })).text).toBe('\ufeffGrüße');
});

it('is cut to what every receiver takes, and not within a character', () => {
  for (const shift of ['', 'a', 'aa']) {
    const message = syslogMessage({ ...entry, message: shift + '☎'.repeat(5000) }, 1, sender);
    expect(message.length).toBeGreaterThan(8189);
    expect(message.length).toBeLessThanOrEqual(8192);
    expect(message.toString()).toMatch(/☎$/);
  }
});

it('is framed by its length in bytes', () => {
  expect(framed(Buffer.from('Grüße\n<1>1')).toString()).toBe('12 Grüße\n<1>1');
});
