import type { TrunkId } from '../primitives/ids.js';
import type { Directory } from './directory.js';
import { withoutGone } from './handling/call-handling.js';
import type { Branch, Call, SwitchboardState } from './state.js';

/** The admin has changed what can be dialled. */
export interface DirectoryChangedEvent {
  readonly type: 'directoryChanged';
  readonly directory: Directory;
}

/**
 * New calls go by the new directory, running ones keep their route and parties. What was known of phones and trunks that are gone is
 * forgotten: one that comes back under the same name is another.
 */
export function withDirectory(state: SwitchboardState, directory: Directory): SwitchboardState {
  const contacts = new Map([...state.contacts].filter(([number]) => directory.extensions.has(number)));
  const known = new Set([...contacts.values()].flat());
  const trunks = new Set(directory.trunks.map(({ id }) => id));
  return {
    ...state,
    directory,
    contacts,
    // One that was never known may be missing only until the settings are whole again.
    idleSince: new Map([...state.idleSince].filter(([number]) => directory.extensions.has(number))),
    handlings: withoutGone(
      state.handlings,
      (number) => directory.extensions.has(number) || !state.directory.extensions.has(number),
    ),
    unresponsiveContacts: new Set([...state.unresponsiveContacts].filter((contact) => known.has(contact))),
    phones: new Map([...state.phones].filter(([contact]) => known.has(contact))),
    trunksDown: new Map([...state.trunksDown].filter(([trunk]) => trunks.has(trunk))),
    calls: new Map([...state.calls].map(([id, call]) => [id, withoutTrunks(call, trunks)])),
  };
}

/** A call still ringing does not go on over a trunk that is gone. */
const withoutTrunks = (call: Call, trunks: ReadonlySet<TrunkId>): Call =>
  call.kind === 'ringing' ? { ...call, branches: call.branches.map((branch) => branchWithout(branch, trunks)) } : call;

const branchWithout = (branch: Branch, trunks: ReadonlySet<TrunkId>): Branch => ({
  ...branch,
  untried: branch.untried.filter((trunk) => trunks.has(trunk)),
});
