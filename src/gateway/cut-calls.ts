import { isEmergencyCall } from '../switchboard/emergency-call.js';
import type { World } from './world.js';

/** What a restart would cut. */
export interface CutCalls {
  /** Calls, and moderators in the dialogue. */
  readonly all: number;
  /** Emergency calls, which nothing may cut. */
  readonly emergency: number;
}

export function cutCalls({ switchboard: { calls, directory }, monitoring }: World): CutCalls {
  const emergency = [...calls.values()].filter((call) => isEmergencyCall(directory.country, call)).length;
  return { all: calls.size + monitoring.sessions.size, emergency };
}
