import type { CallOptions } from 'node-pjsua2';
import type { CallerIdentity } from '../../primitives/caller-identity.js';
import type { CallerId } from '../../switchboard/leg-commands.js';
import { sipUser } from './sip-user.js';

/** What names the caller in an INVITE. */
export type CallerHeaders = Required<Pick<CallOptions, 'from' | 'headers'>> & Pick<CallOptions, 'assertIdentity'>;

interface Place {
  /** By which the trunk itself is known there; undefined where it is known by its address alone. */
  readonly account: string | undefined;
  readonly host: string;
}

/** Where the number stands that the network is told, apart from From. */
const header = {
  from: 'P-Asserted-Identity',
  preferred: 'P-Preferred-Identity',
  asserted: 'P-Asserted-Identity',
} as const;

/** How a trunk is told who calls (RFC 3325), or that the caller is not to be shown (RFC 3323). */
export function callerHeaders(kind: CallerIdentity, caller: CallerId, place: Place): CallerHeaders {
  const { number, name } = caller;
  if (number === '') return withheld(kind, caller, place);
  if (kind === 'from') return { from: { user: number, displayName: name }, assertIdentity: true, headers: {} };
  return {
    from: { user: place.account ?? number, displayName: name },
    headers: { [header[kind]]: `${quoted(name)}${uri(number, place)}` },
  };
}

/** Without the request for privacy the network would show the trunk's number. */
function withheld(kind: CallerIdentity, { asserted }: CallerId, place: Place): CallerHeaders {
  const nobody = { user: 'anonymous', displayName: 'Anonymous' };
  return {
    // The host of the trunk stays where it is beside a number that is shown, too: some know by it whose call it is.
    from: kind === 'from' ? nobody : { ...nobody, host: 'anonymous.invalid' },
    headers: { Privacy: 'id', ...(asserted === undefined ? {} : { [header[kind]]: uri(asserted, place) }) },
  };
}

const uri = (number: string, { host }: Place): string => `<sip:${sipUser(number)}@${host}>`;

/** A display name (RFC 3261, 25.1) with the space behind it; nothing for an empty one. */
const quoted = (name: string): string =>
  name === '' ? '' : `"${name.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/["\\]/g, '\\$&')}" `;
