import { readNumber } from '../../primitives/number-text.js';
import type { Caller } from '../../switchboard/leg-commands.js';
import type { SipAddress } from './sip-address.js';
import { addressesIn, addressIn } from './sip-address.js';

/** What an INVITE says of who calls whom: by lower-case name, each field as often as it came. */
export interface InviteFields {
  readonly requestUri: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** More identities than anybody needs are not looked at. */
const mostAddresses = 8;

/**
 * Who calls over a trunk. The identities that the network vouches for (RFC 3325) come before what the caller says; where it may not
 * be shown (RFC 3323, 4.2; RFC 3325, 7), the box knows it all the same.
 */
export function callerIn(fields: InviteFields): Caller {
  const asserted = addressesOf(fields, 'p-asserted-identity');
  const remote = addressesOf(fields, 'remote-party-id');
  const from = addressesOf(fields, 'from');
  const all = [...asserted, ...remote, ...from];
  const known = [...new Set(all.flatMap((address) => numberOf(address) ?? []))];
  if (isWithheld(fields, remote, from)) return { number: '', name: '', known };
  const [number = ''] = known;
  const best = all.filter((address) => numberOf(address) === number || number === '');
  // Who is no number is shown by its name, if only that of its address.
  const names = [...best, ...all].map(({ name }) => name).filter((name) => name !== '');
  return { number, name: names[0] ?? (number === '' ? (from[0]?.user ?? '') : ''), known };
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

const numbersOf = (addresses: readonly SipAddress[]): readonly string[] => [
  ...new Set(addresses.flatMap((address) => numberOf(address) ?? [])),
];

function addressesOf({ headers }: InviteFields, name: string): readonly SipAddress[] {
  return (headers[name] ?? []).flatMap(addressesIn).slice(0, mostAddresses);
}

function numberOf({ scheme, user }: SipAddress): string | null {
  return scheme === 'sip' || scheme === 'sips' || scheme === 'tel' ? readNumber(user) : null;
}

function isWithheld({ headers }: InviteFields, remote: readonly SipAddress[], from: readonly SipAddress[]): boolean {
  const wishes = (headers.privacy ?? []).flatMap((field) => field.toLowerCase().split(/[;,\s]+/));
  return (
    wishes.some((wish) => wish === 'id' || wish === 'user' || wish === 'header') ||
    remote.some(({ parameters }) => /;\s*privacy\s*=\s*"?(?!off)/i.test(parameters)) ||
    from.some(({ user, host }) => user.toLowerCase() === 'anonymous' || host === 'anonymous.invalid')
  );
}
