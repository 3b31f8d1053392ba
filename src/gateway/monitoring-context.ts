import type { MonitoringContext } from '../monitoring/on-session.js';
import { talkingCalls } from '../switchboard/talking-calls.js';
import { legsInTransfer } from './legs-in-transfer.js';
import type { Clock, World } from './world.js';

/** What monitoring is told of the world around it. */
export function monitoringContext({ switchboard, protections }: World, { now, local }: Clock): MonitoringContext {
  return { calls: talkingCalls(switchboard.calls), inTransfer: legsInTransfer(switchboard), protections, now, local };
}
