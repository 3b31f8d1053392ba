import type { ExtensionNumber } from '../primitives/ids.js';
import { replaceParty } from './calls.js';
import type { Directory } from './directory.js';
import { behindPrivateCode } from './private-code.js';
import type { Call, ParkedCall, Party, RingingCall, SwitchboardState } from './state.js';
import { parties, transferor } from './state.js';

/** Whether what is dialled makes the call private. */
export const isPrivatelyDialled = ({ privateCalls }: Directory, dialled: string): boolean =>
  privateCalls === true && behindPrivateCode(dialled) !== undefined;

/** The party as it is in a call that was dialled like this. */
export const asDialled = (directory: Directory, dialled: string, party: Party): Party =>
  isPrivatelyDialled(directory, dialled) ? { ...party, isConfidential: true } : party;

/** Makes the running calls of an extension private, where calls may be. */
export function keptPrivate(state: SwitchboardState, extension: ExtensionNumber): SwitchboardState {
  if (state.directory.privateCalls !== true) return state;
  const calls = [...state.calls].map(([id, call]) => [id, confidentialFor(call, extension)] as const);
  return { ...state, calls: new Map(calls) };
}

function confidentialFor(call: Call, extension: ExtensionNumber): Call {
  const marked = (party: Party): Party =>
    party.line.kind === 'extension' && party.line.number === extension ? { ...party, isConfidential: true } : party;
  const caller = marked(call.caller);
  if (call.kind === 'talking') return { ...call, caller, callee: marked(call.callee) };
  const transferring = call.kind === 'ringing' ? transferor(call) : undefined;
  // A transferor gets the conversation back when nobody answers.
  const own = { ...call, caller };
  return transferring ? replaceParty(own, transferring.leg, marked(transferring)) : own;
}

/** Whom a party leaves behind in a call that was private by its wish: it stays so to its end, whoever else comes in. */
export const keptPrivateBy = (leaving: Party, left: Party): Party =>
  leaving.isConfidential === true ? { ...left, isConfidential: true } : left;

/** Whether nobody may listen to the call, or will be allowed to once it is answered, because of who is in it or how it was dialled. */
export function isPrivateCall(call: Call): boolean {
  const known: readonly Party[] = call.kind === 'talking' ? parties(call) : [call.caller];
  const isDialledSo = call.kind === 'ringing' && call.transfer?.isPrivate === true;
  return isDialledSo || known.some(({ isConfidential }) => isConfidential === true);
}

/** The caller as they are once somebody answers. Where nobody does, a transfer leaves them as they were. */
export function callerAnswered(call: RingingCall | ParkedCall): Party {
  if (call.kind === 'parked') return call.caller;
  const leaving = transferor(call);
  const left = leaving ? keptPrivateBy(leaving, call.caller) : call.caller;
  return call.transfer?.isPrivate ? { ...left, isConfidential: true } : left;
}
