import type { LegId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import { callOn, replaceParty, withCall } from './calls.js';
import type { Caller, Destination } from './leg-commands.js';
import type { Branch, Call, Identity, RingingCall, SwitchboardState } from './state.js';
import { connectedParty } from './state.js';

const longestDialled = 32;

/** Most numbers kept for one party: a line may report new ones forever. */
const mostKnown = 16;

/** The called party, before anything has come back. */
export function calledIdentity(to: Destination): Identity {
  const number = to.kind === 'trunk' ? to.number : to.extension;
  return { number, name: '', known: [number] };
}

/** More is known about the outside party: the caller, or whoever a call was forwarded to. */
export function identified(state: SwitchboardState, leg: LegId, told: Caller): SwitchboardState {
  const call = callOn(state, leg);
  return call
    ? withCall(
        state,
        withIdentity(call, leg, (known) => better(known, told)),
      )
    : state;
}

/** A key sent out on a leg: the exchange, or a PBX behind it, may take further digits as part of the number. */
export function keyedOut(state: SwitchboardState, call: Call, leg: LegId, digit: Digit): SwitchboardState {
  return /\d/.test(digit)
    ? withCall(
        state,
        withIdentity(call, leg, (known) => dialledOn(known, digit), 'outgoing'),
      )
    : state;
}

/** An extension is identified by its account, whatever its phone claims. */
function withIdentity(
  call: Call,
  leg: LegId,
  change: (identity: Identity) => Identity,
  only: 'outgoing' | 'both' = 'both',
): Call {
  const party = connectedParty(call, leg);
  if (!party) return call.kind === 'ringing' ? withCalled(call, leg, change) : call;
  if (party.line.kind !== 'trunk' || (only === 'outgoing' && party.direction === 'incoming')) return call;
  return replaceParty(call, leg, { ...party, ...change(party) });
}

function withCalled(call: RingingCall, leg: LegId, change: (identity: Identity) => Identity): RingingCall {
  const changed = (branch: Branch): Branch =>
    branch.leg === leg && branch.to.kind === 'trunk' ? { ...branch, called: change(branch.called) } : branch;
  return { ...call, branches: call.branches.map(changed) };
}

/**
 * Numbers once known stay known. If there are more than are kept, or were more than are looked at, an excluded one may be among
 * the rest: such a party can never be identified again. What says nothing about who is there leaves a party as unread as it was.
 */
function better<I extends Identity>(identity: I, told: Caller): I {
  const all = [...new Set([...identity.known, ...told.known])].slice(0, mostKnown + 1);
  const isUnreadable = identity.isUnreadable === true || told.isUnreadable === true || all.length > mostKnown;
  return {
    ...identity,
    number: told.number === '' ? identity.number : told.number,
    name: told.name === '' ? identity.name : told.name,
    known: all,
    isUnread: isUnreadable || (told.isUnread ?? identity.isUnread ?? false),
    isUnreadable,
  };
}

function dialledOn<I extends Identity>(identity: I, digit: Digit): I {
  const [number = '', ...others] = identity.known;
  const before = number + (identity.further ?? '');
  if (before.length >= longestDialled) return identity;
  const known = [number, before + digit, ...others.filter((other) => other !== before)];
  return { ...identity, further: `${identity.further ?? ''}${digit}`, known };
}
