import { isEmergencyCall } from '../switchboard/emergency-call.js';
import { isPrivateCall } from '../switchboard/private-calls.js';
import type { Call, Party } from '../switchboard/state.js';
import { parties } from '../switchboard/state.js';
import { isExcluded } from './permission.js';
import type { MonitoringPolicy } from './profile.js';

/** Whether nobody may know more of a call than that there is one: it is off limits for listening, because of what it is or who is in it. */
export function isDiscreet(policy: MonitoringPolicy, call: Call): boolean {
  if (isEmergencyCall(policy.country, call) || isPrivateCall(call)) return true;
  const known: readonly Party[] = call.kind === 'talking' ? parties(call) : [call.caller];
  if (known.some((party) => isExcluded(policy, party))) return true;
  const called = call.kind === 'ringing' ? call.branches : [];
  return called.some(({ to }) => to.kind === 'contact' && policy.exclusions.extensions.has(to.extension));
}
