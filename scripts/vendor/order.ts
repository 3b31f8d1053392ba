import { type HardwareId, readHardwareId } from '../../src/licensing/hardware-id.js';
import {
  type Binding,
  dayMs,
  type Licence,
  type MemberLimit,
  modcallProduct,
  type Term,
  tiers,
} from '../../src/licensing/licence.js';
import { hardwareIdProblemMessage } from '../../src/licensing/messages.js';
import { textOf } from '../../src/locales/text.js';
import { VendorError } from './vendor-error.js';

/** What the vendor says about a licence on the command line. */
export interface OrderOptions {
  readonly product?: string;
  readonly kind?: string;
  readonly 'hardware-id'?: readonly string[];
  readonly 'server-key'?: readonly string[];
  readonly tier?: string;
  readonly major?: string;
  readonly expires?: string;
  readonly grace?: string;
  readonly holder?: string;
}

const demoDays = 30;
const usualGraceDays = 14;

/** A new licence as ordered. */
export function newLicence(options: OrderOptions, now: number): Omit<Licence, 'keyNumber'> {
  const bindings = bindingsFrom(options);
  if (bindings.length === 0) throw new VendorError('Give at least one --hardware-id or --server-key.');
  return {
    product: options.product ?? modcallProduct,
    issued: wholeSecond(now),
    term: termFrom(options, now),
    bindings,
    members: tierFrom(needed('tier', options.tier)),
    highestMajor: wholeNumber('major', needed('major', options.major)),
    ...(options.holder === undefined ? {} : { holder: options.holder }),
  };
}

/** An older licence with what is given changed; it names the key that it replaces. */
export function upgradedLicence(old: Licence, options: OrderOptions, now: number): Omit<Licence, 'keyNumber'> {
  const bindings = bindingsFrom(options);
  const changesTerm = options.kind !== undefined || options.expires !== undefined || options.grace !== undefined;
  return {
    ...old,
    issued: wholeSecond(now),
    replaces: old.keyNumber,
    bindings: bindings.length > 0 ? bindings : old.bindings,
    term: changesTerm ? termFrom({ kind: old.term.kind, ...options }, now) : old.term,
    members: options.tier === undefined ? old.members : tierFrom(options.tier),
    highestMajor: options.major === undefined ? old.highestMajor : wholeNumber('major', options.major),
    ...(options.holder === undefined ? {} : { holder: options.holder }),
  };
}

export function hardwareIdFromOption(text: string): HardwareId {
  const reading = readHardwareId(text);
  if (!reading.ok) throw new VendorError(`${text}: ${textOf('en', hardwareIdProblemMessage(reading.problem))}`);
  return reading.id;
}

function bindingsFrom(options: OrderOptions): Binding[] {
  return [
    ...(options['hardware-id'] ?? []).map((text): Binding => ({ to: 'hardware', id: hardwareIdFromOption(text) })),
    ...(options['server-key'] ?? []).map(
      (text): Binding => ({ to: 'server', keyNumber: wholeNumber('server-key', text) }),
    ),
  ];
}

function termFrom(options: OrderOptions, now: number): Term {
  const kind = needed('kind', options.kind);
  switch (kind) {
    case 'bought':
      if (options.expires !== undefined) throw new VendorError('A bought licence never expires; leave out --expires.');
      return { kind };
    case 'demo':
      return { kind, expires: wholeSecond(now) + demoDays * dayMs };
    case 'rented':
      return {
        kind,
        expires: endOfDay(needed('expires', options.expires)),
        graceDays: options.grace === undefined ? usualGraceDays : wholeNumber('grace', options.grace),
      };
    case 'nfr':
      return options.expires === undefined ? { kind } : { kind, expires: endOfDay(options.expires) };
    default:
      throw new VendorError(`--kind ${kind} is unknown; give bought, rented, demo or nfr.`);
  }
}

function tierFrom(text: string): MemberLimit {
  const tier = tiers.find((each) => String(each) === text);
  if (tier === undefined) throw new VendorError(`--tier ${text} is not sold; give one of ${tiers.join(', ')}.`);
  return tier;
}

/** A date counts to its last second, UTC; a moment in ISO 8601 as it is. */
function endOfDay(text: string): number {
  const moment = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59Z` : text);
  if (Number.isNaN(moment)) throw new VendorError(`--expires ${text} is not a date; write it as 2027-12-31.`);
  return wholeSecond(moment);
}

function needed(name: string, value: string | undefined): string {
  if (value === undefined) throw new VendorError(`--${name} is missing.`);
  return value;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new VendorError(`--${name} ${text} is not a whole number.`);
  return Number(text);
}

function wholeSecond(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}
