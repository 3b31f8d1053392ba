import type { UnixTime } from '../primitives/time.js';
import { type BlockList, isBlocked } from './block-list.js';
import { type ClockMemory, type ClockReading, readClock } from './clock-memory.js';
import {
  comparableId,
  differentParts,
  type HardwareId,
  type IdPart,
  type KnownHardwareId,
  sameHardwareId,
} from './hardware-id.js';
import {
  boundHardware,
  boundServerKeys,
  dayMs,
  endOf,
  expiryOf,
  type Licence,
  type MemberLimit,
  modcallProduct,
  serverProduct,
} from './licence.js';
import type { KeyProblem, KeyReading } from './licence-key.js';

/** A key as it is kept, as far as a slow disk has given it. */
export type KeptKey = KeyReading | 'unread' | undefined;

/** All that a verdict depends on. */
export interface VerdictInput {
  /** Undefined if none has been entered. */
  readonly key: KeptKey;
  /** The server licence key of this installation, where the key is bound to one. */
  readonly serverKey: KeptKey;
  readonly blockList: BlockList | undefined;
  /** Undefined if it is unknown, because the host key is damaged. */
  readonly hardwareId: KnownHardwareId;
  /** Other IDs for which licences of this box may have been issued. */
  readonly formerIds: readonly HardwareId[];
  /** A board without hardware, on a developer's machine. */
  readonly isSimulatedBoard: boolean;
  /** As in package.json: `major.minor.patch`. */
  readonly productVersion: string;
  readonly extensionsSetUp: number;
  readonly now: UnixTime;
  readonly clockMemory: ClockMemory | undefined;
}

/** What is allowed here and now, and why. */
export type Verdict = Allowed | Refused;

export interface Allowed {
  readonly isAllowed: true;
  readonly by: { readonly kind: 'licence'; readonly licence: Licence } | { readonly kind: 'simulatedBoard' };
  readonly members: MemberLimit;
  /** When the permission ends by itself, grace time included. */
  readonly ends?: UnixTime;
  readonly warnings: readonly Warning[];
}

export type Warning =
  | { readonly kind: 'expiresSoon'; readonly expires: UnixTime; readonly ends: UnixTime; readonly daysLeft: number }
  | { readonly kind: 'inGraceTime'; readonly expired: UnixTime; readonly ends: UnixTime; readonly daysLeft: number }
  | { readonly kind: 'clockNotSet' };

export interface Refused {
  readonly isAllowed: false;
  readonly refusal: Refusal;
}

export type Refusal =
  | { readonly kind: 'noLicence' }
  | { readonly kind: 'keyUnread' }
  | UnknownId
  | { readonly kind: 'badKey'; readonly problem: KeyProblem; readonly ownId: HardwareId }
  | { readonly kind: 'blocked'; readonly ownId: HardwareId }
  | { readonly kind: 'otherProduct'; readonly product: string }
  | {
      readonly kind: 'otherBox';
      readonly ownId: HardwareId;
      readonly issuedFor: readonly HardwareId[];
      /** The only part that differs from one of those boxes; undefined if it is another box altogether. */
      readonly changedPart: IdPart | undefined;
    }
  | { readonly kind: 'otherServer'; readonly keyNumbers: readonly number[] }
  | { readonly kind: 'updateNotCovered'; readonly highestMajor: number; readonly version: string }
  | {
      readonly kind: 'expired';
      readonly licence: 'rented' | 'demo' | 'nfr';
      readonly expired: UnixTime;
      readonly ended: UnixTime;
    }
  | { readonly kind: 'clockSetBack'; readonly shown: UnixTime; readonly known: UnixTime }
  | { readonly kind: 'tierTooSmall'; readonly members: number; readonly setUp: number };

type UnknownId = { readonly kind: 'hardwareIdUnknown' | 'hardwareIdUnread' };

/** The ID of the box, and its former ones. */
type OwnIds = readonly [HardwareId, ...HardwareId[]];

/** From how many days before the expiry a warning is given. */
export const warningDays = 14;

/** Whether monitoring is allowed. Telephony never asks. */
export function judge(input: VerdictInput): Verdict {
  const { hardwareId, formerIds, key, blockList, isSimulatedBoard } = input;
  if (!isKnown(hardwareId)) return isSimulatedBoard ? simulated : refuse(whyUnknown(hardwareId));
  // A bought licence is never withdrawn; otherwise the list takes precedence over everything.
  const isBought = key !== 'unread' && key?.ok && key.licence.term.kind === 'bought';
  const ownIds: OwnIds = [hardwareId, ...formerIds];
  if (!isBought && ownIds.some((id) => isBlocked(blockList, modcallProduct, id)))
    return refuse({ kind: 'blocked', ownId: hardwareId });
  if (isSimulatedBoard) return simulated;
  if (!key) return refuse({ kind: 'noLicence' });
  if (key === 'unread') return refuse({ kind: 'keyUnread' });
  if (!key.ok) return refuse({ kind: 'badKey', problem: key.problem, ownId: hardwareId });
  return judgeLicence(key.licence, ownIds, input);
}

export const isKnown = (id: KnownHardwareId): id is HardwareId => id !== undefined && id !== 'unread';

/** Until it is read, nothing is said against the licence. */
export const whyUnknown = (id: 'unread' | undefined): UnknownId => ({
  kind: id === 'unread' ? 'hardwareIdUnread' : 'hardwareIdUnknown',
});

const simulated: Allowed = { isAllowed: true, by: { kind: 'simulatedBoard' }, members: 'unlimited', warnings: [] };

function judgeLicence(licence: Licence, ownIds: OwnIds, input: VerdictInput): Verdict {
  const clock = readClock(input.now, input.clockMemory, licence.issued);
  const refusal =
    otherProduct(licence) ??
    notBoundHere(licence, ownIds, input.serverKey) ??
    updateNotCovered(licence, input.productVersion) ??
    outOfTime(licence, clock) ??
    tierTooSmall(licence, input.extensionsSetUp);
  return refusal ? refuse(refusal) : allow(licence, clock);
}

function refuse(refusal: Refusal): Refused {
  return { isAllowed: false, refusal };
}

function otherProduct({ product }: Licence): Refusal | undefined {
  return product === modcallProduct ? undefined : { kind: 'otherProduct', product };
}

function notBoundHere(licence: Licence, ownIds: OwnIds, serverKey: KeptKey): Refusal | undefined {
  const issuedFor = boundHardware(licence);
  if (isAnyOf(issuedFor, ownIds)) return undefined;
  const keyNumbers = boundServerKeys(licence);
  if (keyNumbers.length > 0 && serverKey === 'unread') return { kind: 'keyUnread' };
  const server = serverKey !== 'unread' && serverKey?.ok ? serverKey.licence : undefined;
  if (server && isServerKeyOf(server, ownIds) && keyNumbers.includes(server.keyNumber)) return undefined;
  if (issuedFor.length === 0) return { kind: 'otherServer', keyNumbers };
  return { kind: 'otherBox', ownId: ownIds[0], issuedFor, changedPart: changedPart(issuedFor, ownIds) };
}

/** Why a server licence key cannot be used on this box; undefined if it can. */
export function judgeServerKey(server: Licence, ownIds: OwnIds): Refusal | undefined {
  if (isServerKeyOf(server, ownIds)) return undefined;
  const issuedFor = boundHardware(server);
  return { kind: 'otherBox', ownId: ownIds[0], issuedFor, changedPart: changedPart(issuedFor, ownIds) };
}

/** Whether both read the same to an admin, countdowns aside. */
export function sayTheSame(one: Verdict, other: Verdict): boolean {
  return headline(one) === headline(other);
}

function headline(verdict: Verdict): string {
  if (!verdict.isAllowed && verdict.refusal.kind === 'clockSetBack') return verdict.refusal.kind;
  return JSON.stringify(verdict);
}

/** Server keys are bought, and bound to hardware only, so that there are no chains of keys. */
function isServerKeyOf(server: Licence, ownIds: OwnIds): boolean {
  const isBoundHere = isAnyOf(boundHardware(server), ownIds);
  return server.product === serverProduct && server.term.kind === 'bought' && isBoundHere;
}

function isAnyOf(ids: readonly HardwareId[], ownIds: OwnIds): boolean {
  return ids.some((id) => ownIds.some((own) => sameHardwareId(id, own)));
}

function changedPart(issuedFor: readonly HardwareId[], ownIds: OwnIds): IdPart | undefined {
  const alone = issuedFor
    .map((id) => {
      const own = comparableId(ownIds, id);
      return own ? differentParts(id, own) : [];
    })
    .find((parts) => parts.length === 1);
  return alone?.[0];
}

function updateNotCovered({ highestMajor }: Licence, version: string): Refusal | undefined {
  return Number.parseInt(version, 10) > highestMajor ? { kind: 'updateNotCovered', highestMajor, version } : undefined;
}

function outOfTime({ term }: Licence, clock: ClockReading): Refusal | undefined {
  const ends = endOf(term);
  if (term.kind === 'bought' || term.expires === undefined || ends === undefined) return undefined;
  if (clock.at >= ends) return { kind: 'expired', licence: term.kind, expired: term.expires, ended: ends };
  return clock.kind === 'setBack' ? { kind: 'clockSetBack', shown: clock.shown, known: clock.at } : undefined;
}

function tierTooSmall({ members }: Licence, setUp: number): Refusal | undefined {
  return members !== 'unlimited' && setUp > members ? { kind: 'tierTooSmall', members, setUp } : undefined;
}

function allow(licence: Licence, clock: ClockReading): Allowed {
  const ends = endOf(licence.term);
  const expires = expiryOf(licence.term);
  const base = { isAllowed: true, by: { kind: 'licence', licence }, members: licence.members } as const;
  if (ends === undefined || expires === undefined) return { ...base, warnings: [] };
  return { ...base, ends, warnings: [...expiryWarnings(expires, ends, clock.at), ...clockWarnings(clock)] };
}

function expiryWarnings(expires: UnixTime, ends: UnixTime, at: UnixTime): Warning[] {
  if (at >= expires) return [{ kind: 'inGraceTime', expired: expires, ends, daysLeft: daysBetween(at, ends) }];
  const daysLeft = daysBetween(at, expires);
  return daysLeft <= warningDays ? [{ kind: 'expiresSoon', expires, ends, daysLeft }] : [];
}

function clockWarnings(clock: ClockReading): Warning[] {
  return clock.kind === 'notSet' ? [{ kind: 'clockNotSet' }] : [];
}

/** A day that has begun counts in full. */
function daysBetween(from: UnixTime, to: UnixTime): number {
  return Math.ceil((to - from) / dayMs);
}
