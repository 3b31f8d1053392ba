import { readNumber } from '../../primitives/number-text.js';
import type { Caller } from '../../switchboard/leg-commands.js';
import type { SipAddress } from './sip-address.js';
import { addressesIn, addressIn } from './sip-address.js';

/** By lower-case name, with every occurrence of each field. */
interface Fields {
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** What an INVITE says about caller and callee. */
export interface InviteFields extends Fields {
  readonly requestUri: string;
}

/** What the far side says about itself later: in a response, or in a request within the call, which alone has its From. */
export interface LaterFields extends Fields {
  /** The call is being forwarded to somebody who is not named (181). */
  readonly isForwarded: boolean;
  /** The From names somebody else than before: RFC 3261 has it repeat whom the call began with, whoever is there. */
  readonly hasNewFrom: boolean;
  /** There was more than could be taken in. */
  readonly isIncomplete: boolean;
}

/** Most identities that are looked at; a caller with more may be anybody. */
const mostAddresses = 8;

/**
 * The caller on a trunk. Identities that the network asserts (RFC 3325) come before the caller's own claim; one that may not
 * be shown (RFC 3323, 4.2; RFC 3325, 7) is still known to the box.
 */
export function callerIn(fields: InviteFields): Caller {
  const [asserted, remote, from] = identitiesIn(fields);
  const all = [...asserted, ...remote, ...from];
  const known = numbersOf(all);
  const unread = unreadIn(fields, [...asserted, ...remote]);
  if (isWithheld(fields, remote, from)) return { number: '', name: '', known, ...unread };
  const [number = ''] = known;
  const best = all.filter((address) => numberOf(address) === number || number === '');
  // A caller without a number is shown by name, or else by the user of the address.
  const names = [...best, ...all].map(({ name }) => name).filter((name) => name !== '');
  return { number, name: names[0] ?? (number === '' ? (from[0]?.user ?? '') : ''), known, ...unread };
}

/** Whom the network asserts counts, not the caller's own claim beside it. */
function unreadIn(fields: InviteFields, vouched: readonly SipAddress[]): Pick<Caller, 'isUnread' | 'isUnreadable'> {
  if (isBeyondReading(fields)) return { isUnreadable: true };
  return vouched.length > 0 && numbersOf(vouched).length === 0 ? { isUnread: true } : {};
}

/**
 * The party at the far side of a trunk now (RFC 4916), since a provider may have forwarded the call. Unlike in an INVITE, a
 * From that still names the former party means nothing, nor does a way that the call took without having been forwarded.
 */
export function laterIdentityIn(fields: LaterFields): Caller {
  const [asserted, remote, from] = identitiesIn(fields);
  const history = addressesOf(fields, 'history-info');
  const vouched = [...asserted, ...remote];
  const withheld = isWithheld(fields, remote, from);
  const told = [vouched, ...(withheld ? [] : [endOf(history), fields.hasNewFrom ? from : []])].find(isAny) ?? [];
  const [number = ''] = numbersOf(told);
  const isUnread = fields.isForwarded || (number === '' && (withheld || isAny(told)));
  const shown = withheld ? { number: '', name: '' } : { number, name: told[0]?.name ?? '' };
  return {
    ...shown,
    known: numbersOf([...vouched, ...history, ...from]),
    isUnread: isUnread || (number === '' ? undefined : false),
    isUnreadable: fields.isIncomplete || isBeyondReading(fields),
  };
}

const isAny = (addresses: readonly SipAddress[]): boolean => addresses.length > 0;

/** The last entry of the history is where the call has ended up (RFC 7044); a single one is whom it began with. */
const endOf = (history: readonly SipAddress[]): readonly SipAddress[] =>
  history.length === 1 && numbersOf(history).length > 0 ? [] : history.slice(-1);

/** What an extension's phone claims; the switchboard shows the configured number and name instead. */
export function claimedBy(fields: InviteFields): Caller {
  const [from] = addressesOf(fields, 'from');
  const number = (from && numberOf(from)) ?? '';
  const isPrivate = isWithheld(fields, [], from ? [from] : []);
  return { number, name: from?.name ?? '', known: number === '' ? [] : [number], isPrivate };
}

/** The numbers that may have been dialled, the most reliable first. */
export function calledIn(fields: InviteFields, kind: 'user' | 'account' | 'peer'): readonly string[] {
  const request = [addressIn(fields.requestUri)];
  if (kind === 'user') return numbersOf(request);
  const told = [...addressesOf(fields, 'p-called-party-id'), ...addressesOf(fields, 'to')];
  // A registered trunk calls the contact that we registered, so the number dialled is in another field.
  return numbersOf(kind === 'account' ? [...told, ...request] : [...request, ...told]);
}

const identityFields = ['p-asserted-identity', 'remote-party-id', 'history-info'] as const;

const identitiesIn = (fields: Fields) =>
  [
    addressesOf(fields, 'p-asserted-identity'),
    addressesOf(fields, 'remote-party-id'),
    addressesOf(fields, 'from'),
  ] as const;

const numbersOf = (addresses: readonly SipAddress[]): readonly string[] => [
  ...new Set(addresses.flatMap((address) => numberOf(address) ?? [])),
];

function addressesOf(fields: Fields, name: string): readonly SipAddress[] {
  return allAddressesOf(fields, name).slice(0, mostAddresses);
}

const allAddressesOf = ({ headers }: Fields, name: string): readonly SipAddress[] =>
  (headers[name] ?? []).flatMap(addressesIn);

/** Whether there are identities that are not looked at: too many of them, or in a field too long to read, which arrives empty. */
const isBeyondReading = (fields: Fields): boolean =>
  identityFields.some(
    (name) => allAddressesOf(fields, name).length > mostAddresses || fields.headers[name]?.includes('') === true,
  );

function numberOf({ scheme, user }: SipAddress): string | null {
  return scheme === 'sip' || scheme === 'sips' || scheme === 'tel' ? readNumber(user) : null;
}

function isWithheld({ headers }: Fields, remote: readonly SipAddress[], from: readonly SipAddress[]): boolean {
  const requested = (headers.privacy ?? []).flatMap((field) => field.toLowerCase().split(/[;,\s]+/));
  return (
    requested.some((value) => value === 'id' || value === 'user' || value === 'header') ||
    remote.some(({ parameters }) => /;\s*privacy\s*=\s*"?(?!off)/i.test(parameters)) ||
    from.some(({ user, host }) => user.toLowerCase() === 'anonymous' || host === 'anonymous.invalid')
  );
}
