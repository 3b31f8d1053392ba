import type { SipAddress } from '../../support/sip/transport.js';
import type { ProcessTree } from '../process-tree.js';
import type { MonitorMode } from '../roles.js';

/** How a moderator gets to hear a member. */
export interface MonitoringDialogue {
  /** What is dialled. */
  readonly number: string;
  /** Keyed one after the other, with a pause before each; the audio comes after the last key of the last one. */
  readonly keys: readonly string[];
  /** Keyed when the audio is there; empty when the mode is chosen by the number dialled. */
  readonly modeKey: string;
}

/** A telephone system that can be measured. It has as many phones of each role as it was made for. */
export interface System {
  readonly name: string;
  readonly server: SipAddress;
  /** Of all phones; the user name is the number. */
  readonly password: string;
  monitoring(member: string, mode: MonitorMode): MonitoringDialogue;
  /** Writes the settings; to be done once. */
  prepare(): Promise<void>;
  /** Starts it; resolves when its process is there, which is before it answers. */
  launch(): Promise<ProcessTree>;
  /** Ends it; does nothing when it does not run. */
  stop(): Promise<void>;
}
