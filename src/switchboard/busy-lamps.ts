import { type BusyLamp, busyLampOrder } from '../primitives/busy-lamp.js';
import type { CallId, ExtensionNumber } from '../primitives/ids.js';
import type { Origin } from './dial-plan.js';
import type { Call, Party, RingingCall, TalkingCall } from './state.js';
import { parties, transferor } from './state.js';

type Shown = readonly [extension: ExtensionNumber, lamp: BusyLamp];

/**
 * The lamps of the extensions that are not idle. They tell that somebody rings, talks or has put a call on hold, never with whom. Of a
 * call about which nobody may know more, they tell only that the extension is busy.
 */
export function busyLamps(
  calls: ReadonlyMap<CallId, Call>,
  isDiscreet: (call: Call) => boolean,
): ReadonlyMap<ExtensionNumber, BusyLamp> {
  const shown = new Map<ExtensionNumber, BusyLamp>();
  for (const call of calls.values()) {
    const isOnlyBusy = isDiscreet(call);
    for (const [extension, lamp] of shownOf(call)) {
      const wanted = isOnlyBusy ? 'talking' : lamp;
      if (busyLampOrder.indexOf(wanted) > busyLampOrder.indexOf(shown.get(extension) ?? 'idle'))
        shown.set(extension, wanted);
    }
  }
  return shown;
}

function shownOf(call: Call): readonly Shown[] {
  if (call.kind === 'talking') return talking(call);
  return call.kind === 'ringing' ? ringing(call) : of(call.caller.line, 'held');
}

/** Whoever holds the call has a line that waits; the other one is still in the call. */
const talking = (call: TalkingCall): readonly Shown[] =>
  parties(call).flatMap((party) => of(party.line, party.held ? 'held' : 'talking'));

/** Somebody who calls, or is being transferred, is busy: only a call that can be picked up rings. */
function ringing(call: RingingCall): readonly Shown[] {
  const transferring: Party | undefined = transferor(call);
  return [
    ...of(call.caller.line, 'talking'),
    ...(transferring ? of(transferring.line, 'talking') : []),
    ...call.branches.flatMap(({ to }): readonly Shown[] => (to.kind === 'contact' ? [[to.extension, 'ringing']] : [])),
  ];
}

const of = (line: Origin, lamp: BusyLamp): readonly Shown[] => (line.kind === 'extension' ? [[line.number, lamp]] : []);
