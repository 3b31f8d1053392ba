import { isLicensed } from '../monitoring/records.js';
import type { Instant } from '../primitives/time.js';
import { talkingCalls } from '../switchboard/talking-calls.js';
import type { World } from './world.js';

/** The state of the box in a few figures: for the log, and for the handset while the button is held. */
export interface BoxState {
  /** Registered phones. */
  readonly phones: number;
  readonly trunksUp: number;
  readonly trunksDown: number;
  /** Calls in which two parties talk. */
  readonly calls: number;
  /** Moderators in the dialogue or in a call. */
  readonly moderators: number;
  readonly isLicensed: boolean;
  /** How much longer the button keeps monitoring closed; null when it does not. */
  readonly privateForSeconds: number | null;
  /** Hash of the works agreement in force; null where there is none. */
  readonly agreement: string | null;
}

export function boxState(world: World, now: Instant): BoxState {
  const { switchboard, monitoring, frontPanel } = world;
  const { trunks } = switchboard.directory;
  const trunksDown = trunks.filter(({ id }) => switchboard.trunksDown.has(id)).length;
  return {
    phones: [...switchboard.contacts.values()].reduce((sum, contacts) => sum + contacts.length, 0),
    trunksUp: trunks.length - trunksDown,
    trunksDown,
    calls: talkingCalls(switchboard.calls).all.length,
    moderators: monitoring.sessions.size,
    isLicensed: isLicensed(monitoring.closures),
    privateForSeconds: frontPanel.blockedUntil === null ? null : Math.ceil((frontPanel.blockedUntil - now) / 1000),
    agreement: monitoring.policy.agreement?.hash ?? null,
  };
}
