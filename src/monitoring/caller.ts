import type { ExtensionNumber } from '../primitives/ids.js';
import type { Origin } from '../switchboard/dial-plan.js';
import type { Caller } from '../switchboard/leg-commands.js';
import { moderatorRefusal } from './permission.js';
import type { MonitoringPolicy } from './profile.js';
import type { Session } from './session.js';

/**
 * The caller for the audit record: an authenticated extension by its number, anybody else by the trunk and
 * the number shown there, which callers can choose at will.
 */
export function recordedCaller(line: Origin, { number }: Caller): string {
  if (line.kind === 'extension') return line.number;
  return number === '' ? 'anonymous' : `${line.trunk}/${number}`;
}

/**
 * What wrong PINs count against: the phone and, if it is a moderator's own, that moderator. For outside callers, the number on
 * its trunk and, since numbers can be changed at will, the whole trunk and all trunks together.
 */
export function lockoutKeys(policy: MonitoringPolicy, { line, known, profile }: Session): readonly string[] {
  if (line.kind === 'trunk') {
    const numbers = known.slice(0, 1).map((number) => `trunk:${line.trunk}/${number}`);
    return [...numbers, `allOfTrunk:${line.trunk}`, 'allOutside:'];
  }
  const isModerator = moderatorRefusal(policy, profile, line.number) === undefined;
  return [`caller:${line.number}`, ...(isModerator ? [moderatorKey(line.number)] : [])];
}

export const moderatorKey = (moderator: ExtensionNumber): string => `moderator:${moderator}`;
