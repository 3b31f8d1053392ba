import type { Digit } from '../../primitives/keys.js';
import { isDigit } from '../../primitives/keys.js';
import { readNumber } from '../../primitives/number-text.js';
import type { CallerId } from '../../switchboard/leg-commands.js';
import { crc16 } from './crc16.js';
import { unquoted } from './quoted.js';

/** The state of a line as its HAT sees it (PROTOCOL.md, 5, report `S`). */
export interface HatState {
  /** Number of the question that this answers; 0 if unsolicited. */
  readonly answers: number;
  /** 8 in voice mode, 0 after a restart. */
  readonly serviceClass: number;
  /** Value of the last +VLS. */
  readonly select: number;
  readonly isOffHook: boolean;
  readonly isRinging: boolean;
  /** Whether the telephone has line power, or an exchange is connected. */
  readonly isFed: boolean;
}

/** What a HAT reports. */
export type Report =
  | { readonly kind: 'offHook' }
  | { readonly kind: 'onHook' }
  | { readonly kind: 'flash' }
  | { readonly kind: 'digit'; readonly digit: Digit; readonly how: 'dtmf' | 'pulse' }
  | { readonly kind: 'ring' }
  | { readonly kind: 'callerId'; readonly caller: CallerId }
  | { readonly kind: 'tone'; readonly tone: 'busy' | 'dial' }
  | { readonly kind: 'loopBreak' }
  | { readonly kind: 'dialled'; readonly digits: string }
  | { readonly kind: 'state'; readonly state: HatState }
  | { readonly kind: 'restart'; readonly reason: string }
  | { readonly kind: 'overrun' }
  | { readonly kind: 'fault'; readonly text: string };

export interface NumberedReport {
  /** 0 to 255; the one after 255 is 0. */
  readonly serial: number;
  readonly report: Report;
}

/** Parses the text between `DLE X` and `DLE .`; undefined when it is damaged or unknown. */
export function parseReport(body: string): NumberedReport | undefined {
  const parts = /^([0-9A-F]{2})(.)(.*)([0-9A-F]{4})$/.exec(body);
  const [, serial = '', code = '', data = '', crc = ''] = parts ?? [];
  if (!parts || crc16(`${serial}${code}${data}`) !== Number.parseInt(crc, 16)) return undefined;
  const report = isDigit(code) ? parseDigit(code, data) : parsers[code]?.(data);
  return report && { serial: Number.parseInt(serial, 16), report };
}

const parsers: Record<string, (data: string) => Report | undefined> = {
  H: () => ({ kind: 'offHook' }),
  h: () => ({ kind: 'onHook' }),
  F: () => ({ kind: 'flash' }),
  R: () => ({ kind: 'ring' }),
  I: parseCallerId,
  b: () => ({ kind: 'tone', tone: 'busy' }),
  d: () => ({ kind: 'tone', tone: 'dial' }),
  l: () => ({ kind: 'loopBreak' }),
  t: (digits) => ({ kind: 'dialled', digits }),
  S: parseState,
  Z: (reason) => ({ kind: 'restart', reason }),
  o: () => ({ kind: 'overrun' }),
  E: (text) => ({ kind: 'fault', text }),
};

function parseDigit(digit: Digit, how: string): Report | undefined {
  if (how !== 'D' && how !== 'P') return undefined;
  return { kind: 'digit', digit, how: how === 'D' ? 'dtmf' : 'pulse' };
}

function parseCallerId(data: string): Report | undefined {
  const [number, name, ...rest] = unquoted(data) ?? [];
  if (number === undefined || name === undefined || rest.length > 0) return undefined;
  return { kind: 'callerId', caller: { number: readNumber(number) ?? '', name } };
}

function parseState(data: string): Report | undefined {
  const fields = /^(\d{1,5}),(\d{1,3}),(\d{1,2}),([01]),([01]),([01])$/.exec(data);
  if (!fields) return undefined;
  const [answers = 0, serviceClass = 0, select = 0, hook, ringing, feed] = fields.slice(1).map(Number);
  return {
    kind: 'state',
    state: { answers, serviceClass, select, isOffHook: hook === 1, isRinging: ringing === 1, isFed: feed === 1 },
  };
}
