import type { Fault } from './settings-faults.js';
import { each, type Placed, type SoundParts } from './sound-parts.js';

type KeysInClear = 'settings.fault.extensionKeysInClear' | 'settings.fault.trunkKeysInClear';

/** Without TLS the keys of encrypted sound could be read on their way (RFC 4568, 8.3): where it is required, no call would come about. */
export function keysInClear(parts: SoundParts, shapeFaults: readonly Fault[]): Fault[] {
  const isListeningKnown = !shapeFaults.some(({ path }) => path[0] === 'sip');
  const listensByTls = parts.texts('sip', 'transports', each).some(({ value }) => value === 'tls');
  const extensions = isListeningKnown && !listensByTls ? required(parts, 'extensions') : [];
  const trunks = required(parts, 'trunks').filter((place) => transportBeside(parts, place) !== 'tls');
  return [
    ...faultsAt(extensions, 'settings.fault.extensionKeysInClear'),
    ...faultsAt(trunks, 'settings.fault.trunkKeysInClear'),
  ];
}

const required = (parts: SoundParts, list: 'extensions' | 'trunks'): readonly Placed[] =>
  parts.texts(list, each, 'encryption').filter(({ value }) => value === 'required');

const transportBeside = (parts: SoundParts, { path }: Placed): string =>
  parts.text([...path.slice(0, -1), 'transport']) ?? 'udp';

const faultsAt = (places: readonly Placed[], code: KeysInClear): Fault[] => places.map(({ path }) => ({ path, code }));
