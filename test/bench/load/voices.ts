import { heardBy, type Mode, type Role, roles } from '../roles.js';

/** Every role has a tone of its own (Hz), out of the way of speech. */
export const tones: Record<Role, number> = { member: 1850, customer: 2350, moderator: 1150 };

export const toneFrequencies: readonly number[] = roles.map((role) => tones[role]);

/** Level at which tones are said in calls whose audio is checked. */
export const toneDbfs = -20;

/** A call through which clicks are sent has only a trace of a tone, so that a click cannot be mistaken. */
export const quietDbfs = -40;

/** Wide apart, because a system may level the audio. */
const presentAboveDbfs = -45;
const absentBelowDbfs = -55;

/**
 * What is wrong with what somebody hears; undefined when nothing is.
 * @param levels dBFS of each role's tone, in the order of `roles`.
 */
export function misheard(listener: Role, mode: Mode, levels: readonly number[]): string | undefined {
  const wanted = heardBy(mode)[listener];
  const complaints = roles.flatMap((role, index) => {
    const level = levels[index] ?? Number.NaN;
    if (wanted.includes(role) && !(level > presentAboveDbfs)) return [`does not hear the ${role}`];
    if (!wanted.includes(role) && role !== listener && !(level < absentBelowDbfs)) return [`hears the ${role}`];
    return [];
  });
  return complaints.length === 0 ? undefined : `a ${listener} ${complaints.join(' and ')}`;
}
