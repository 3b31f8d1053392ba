import type { PortLabels } from '../simulator/board/notice.js';
import type { Settings } from '../store/settings/settings-schema.js';

/** What each port of the board is used for, by the words of the settings. */
export function portLabels({
  analogPhones,
  extensions,
  trunks,
}: Pick<Settings, 'analogPhones' | 'extensions' | 'trunks'>): PortLabels {
  const names = new Map(extensions.map(({ number, name }) => [number, name]));
  const phones = analogPhones.map(({ fxs, extension }) => [
    fxs,
    { name: names.get(extension) ?? '', number: extension },
  ]);
  const lines = trunks.flatMap((trunk) =>
    trunk.kind === 'analog' ? [[trunk.fxo, { name: trunk.name, number: trunk.prefix }]] : [],
  );
  return Object.fromEntries([...phones, ...lines]);
}
