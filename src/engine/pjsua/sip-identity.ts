import { readNumber } from '../../primitives/number-text.js';
import type { Caller } from '../../switchboard/leg-commands.js';
import type { SipAddress } from './sip-address.js';
import { addressesIn, addressIn } from './sip-address.js';

/** By lower-case name, each field as often as it came. */
interface Fields {
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** What an INVITE says of who calls whom. */
export interface InviteFields extends Fields {
  readonly requestUri: string;
}

/** What the far side says of itself later: in an answer, or a request within the call, which alone has its From. */
export interface LaterFields extends Fields {
  /** It is being sent on to somebody else, and not said to whom (181). */
  readonly isForwarded: boolean;
}

/** More identities than anybody needs are not looked at: whoever has them may be anybody. */
const mostAddresses = 8;

/**
 * Who calls over a trunk. The identities that the network vouches for (RFC 3325) come before what the caller says; where it may not
 * be shown (RFC 3323, 4.2; RFC 3325, 7), the box knows it all the same.
 */
export function callerIn(fields: InviteFields): Caller {
  const [asserted, remote, from] = identitiesIn(fields);
  const all = [...asserted, ...remote, ...from];
  const known = numbersOf(all);
  const unread = isCrowded(fields) ? { isUnread: true } : {};
  if (isWithheld(fields, remote, from)) return { number: '', name: '', known, ...unread };
  const [number = ''] = known;
  const best = all.filter((address) => numberOf(address) === number || number === '');
  // Who is no number is shown by its name, if only that of its address.
  const names = [...best, ...all].map(({ name }) => name).filter((name) => name !== '');
  return { number, name: names[0] ?? (number === '' ? (from[0]?.user ?? '') : ''), known, ...unread };
}

/**
 * Who is at the far side of a trunk by now (RFC 4916): a provider may have sent the call on to somebody else. Unlike in an INVITE, a
 * From that still names who was there before says nothing where the network vouches for another, or tells that it may not say.
 */
export function laterIdentityIn(fields: LaterFields): Caller {
  const [asserted, remote, from] = identitiesIn(fields);
  const history = addressesOf(fields, 'history-info');
  const vouched = [...asserted, ...remote];
  const withheld = isWithheld(fields, remote, from);
  // Of a way through several phones the last one is where it has ended (RFC 7044).
  const told = [vouched, history.slice(-1), withheld ? [] : from].find((addresses) => addresses.length > 0) ?? [];
  const [number = ''] = numbersOf(told);
  const isClaimed = withheld || 'from' in fields.headers || identityFields.some((name) => name in fields.headers);
  return {
    number: withheld ? '' : number,
    name: withheld ? '' : (told[0]?.name ?? ''),
    known: numbersOf([...vouched, ...history, ...from]),
    isUnread: fields.isForwarded || isCrowded(fields) || (isClaimed && number === ''),
  };
}

/** What an extension's phone says of itself; the switchboard shows it under its own number and name. */
export function claimedBy(fields: InviteFields): Caller {
  const [from] = addressesOf(fields, 'from');
  const number = (from && numberOf(from)) ?? '';
  const isPrivate = isWithheld(fields, [], from ? [from] : []);
  return { number, name: from?.name ?? '', known: number === '' ? [] : [number], isPrivate };
}

/** The numbers under which the call may have been dialled, the most telling first. */
export function calledIn(fields: InviteFields, kind: 'user' | 'account' | 'peer'): readonly string[] {
  const request = [addressIn(fields.requestUri)];
  if (kind === 'user') return numbersOf(request);
  const told = [...addressesOf(fields, 'p-called-party-id'), ...addressesOf(fields, 'to')];
  // A registered trunk calls the contact that it was given: what was dialled stands elsewhere.
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

const isCrowded = (fields: Fields): boolean =>
  identityFields.some((name) => allAddressesOf(fields, name).length > mostAddresses);

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
