import type { ExtensionNumber } from '../primitives/ids.js';
import type { Directory } from './directory.js';
import { behindPrivateCode } from './private-code.js';
import type { Call, Party, SwitchboardState, TalkingCall } from './state.js';

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
  switch (call.kind) {
    case 'talking':
      return talkingAs(call, marked);
    case 'parked':
      return { ...call, caller };
    case 'ringing': {
      // The transferor gets the call back where nobody answers.
      const { transfer } = call;
      const before = transfer?.before ? talkingAs(transfer.before, marked) : null;
      return { ...call, caller, transfer: transfer && { ...transfer, before } };
    }
  }
}

const talkingAs = (call: TalkingCall, change: (party: Party) => Party): TalkingCall => ({
  ...call,
  caller: change(call.caller),
  callee: change(call.callee),
});
