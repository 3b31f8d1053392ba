import type { ExtensionNumber } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { answeredBy } from './answering.js';
import type { Branch, Party, RingingCall, SwitchboardOutcome, SwitchboardState } from './state.js';

/**
 * Answers a call that rings at a telephone of a group of the picker's: at that of `extension`, or where it is null the one that has rung
 * longest. Undefined where there is none.
 */
export function pickedUp(
  state: SwitchboardState,
  picker: Party,
  extension: ExtensionNumber | null,
  now: Instant,
): SwitchboardOutcome | undefined {
  const own = picker.line.kind === 'extension' ? picker.line.number : undefined;
  const colleagues = own === undefined ? new Set<ExtensionNumber>() : colleaguesOf(state, own);
  const isThere = ({ to }: Branch): boolean =>
    to.kind === 'contact' && colleagues.has(to.extension) && (extension === null || to.extension === extension);
  const [first] = [...state.calls.values()]
    .filter((call) => call.kind === 'ringing')
    // A person does not answer their own call.
    .filter((call) => !isOf(call, own))
    .flatMap((call) => call.branches.filter(isThere).map(({ since }) => ({ call, since })))
    .toSorted((one, other) => one.since - other.since);
  return first && answeredBy(state, first.call, picker, now);
}

const isOf = ({ caller: { line } }: RingingCall, own: ExtensionNumber | undefined): boolean =>
  line.kind === 'extension' && line.number === own;

/** Everyone in a group with this extension, and itself: another telephone of its own may ring. */
function colleaguesOf({ directory }: SwitchboardState, own: ExtensionNumber): ReadonlySet<ExtensionNumber> {
  const shared = [...directory.groups.values()].filter(({ members }) => members.includes(own));
  return new Set([own, ...shared.flatMap(({ members }) => members)]);
}
