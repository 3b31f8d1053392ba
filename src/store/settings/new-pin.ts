import { extensionNumber } from '../../primitives/ids.js';
import { hashPin, type PinFault } from './pins.js';
import { toPinHashes } from './settings-rules.js';
import type { Settings } from './settings-schema.js';

/** A PIN to be kept, or why it cannot be one. */
export type NewPin =
  | { readonly ok: true; readonly hash: string }
  | { readonly ok: false; readonly fault: PinFault | 'noSuchExtension' };

/** Hashes a PIN for the person of an extension. */
export async function newPin(settings: Settings, number: string, pin: string): Promise<NewPin> {
  if (!settings.extensions.some((entry) => entry.number === number)) return { ok: false, fault: 'noSuchExtension' };
  return hashPin(pin, extensionNumber(number), toPinHashes(settings));
}

/** The extensions that some profile lets monitor. */
export function moderatorsIn({ groups, profiles }: Settings): ReadonlySet<string> {
  const moderating = new Set(profiles.map(({ moderators }) => moderators));
  return new Set(groups.flatMap(({ id, members }) => (moderating.has(id) ? members : [])));
}

/** The settings with this hash, or none, for the PIN of an extension. */
export function withPin(settings: Settings, number: string, pin: string | null): Settings {
  const extensions = settings.extensions.map((entry) => (entry.number === number ? { ...entry, pin } : entry));
  return { ...settings, extensions };
}
