import type { World } from '../../gateway/world.js';
import { analogContact, extensionNumber, portId, trunkId } from '../../primitives/ids.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { TimeOf } from './live-view.js';

/** The phones that have registered, by extension. */
export function registrationsIn({ switchboard }: World, timeOf: TimeOf) {
  const { contacts, directory, phones, unresponsiveContacts } = switchboard;
  return [...contacts].flatMap(([extension, bound]) =>
    bound.flatMap((contact) => {
      const phone = phones.get(contact);
      if (!phone) return [];
      const { address, port, transport, userAgent, since, until } = phone;
      return {
        extension,
        name: directory.extensions.get(extension)?.name ?? '',
        address,
        port,
        transport,
        userAgent,
        since: timeOf(since),
        expires: timeOf(until),
        isResponsive: !unresponsiveContacts.has(contact),
      };
    }),
  );
}

/** The trunks, and the telephones on the ports of the board, each with how it is. */
export function linesIn({ switchboard }: World, { trunks, analogPhones }: Settings, timeOf: TimeOf) {
  const { trunksDown, contacts, directory } = switchboard;
  return [
    ...trunks.map((trunk) => {
      const trouble = trunksDown.get(trunkId(trunk.id));
      return {
        line: trunk.id,
        name: trunk.name,
        kind: trunk.kind,
        port: trunk.kind === 'analog' ? trunk.fxo : null,
        isUp: trouble === undefined,
        downSince: trouble ? timeOf(trouble.since) : null,
        reason: trouble?.reason ?? null,
      };
    }),
    ...analogPhones.map(({ fxs, extension }) => {
      const number = extensionNumber(extension);
      return {
        line: extension,
        name: directory.extensions.get(number)?.name ?? '',
        kind: 'telephone' as const,
        port: fxs,
        isUp: contacts.get(number)?.includes(analogContact(portId(fxs))) ?? false,
        downSince: null,
        reason: null,
      };
    }),
  ];
}
