import { isDeepStrictEqual } from 'node:util';
import { emergencyNumbersAsDialled } from '../../switchboard/dial-plan.js';
import { toAnalogSettings, toDirectory, toSpokenLanguages } from './settings-rules.js';
import type { Settings } from './settings-schema.js';

/** What of the settings the box reads at its start only. */
const read = {
  sip: ({ sip }: Settings) => sip,
  web: ({ web }: Settings) => web,
  country: ({ country }: Settings) => country,
  language: ({ language }: Settings) => language,
  analogPhones: ({ analogPhones }: Settings) => analogPhones,
  /** The lines of an exchange; and emergency numbers are told to the engine with the prefixes of the trunks. */
  trunks: (settings: Settings) => [
    toAnalogSettings(settings).trunks,
    emergencyNumbersAsDialled(toDirectory(settings)).toSorted(),
  ],
  /** Prompts are loaded in the languages that somebody hears. */
  extensions: (settings: Settings) => [...toSpokenLanguages(settings)].toSorted(),
  log: ({ log }: Settings) => log,
} as const;

export type ReadAtStart = keyof typeof read;

/** The keys of the settings that take effect only after a restart, where they are not what the box was started with. */
export function afterRestart(started: Settings, present: Settings): readonly ReadAtStart[] {
  const keys = Object.keys(read) as ReadAtStart[];
  return keys.filter((key) => !isDeepStrictEqual(read[key](started), read[key](present)));
}
