import type { World } from '../../gateway/world.js';
import { extensionNumber } from '../../primitives/ids.js';
import type { PhoneFetch } from '../../store/phones/phone-fetches.js';
import type { PhoneSettings, Settings } from '../../store/settings/settings-schema.js';

/** The registrations of a phone: those of its extensions from where it was last, or all of them where nobody else is that extension. */
export function contactsOf(
  { extensions }: Pick<PhoneSettings, 'extensions'>,
  fetch: Pick<PhoneFetch, 'address'> | null,
  { switchboard: { contacts, phones } }: Pick<World, 'switchboard'>,
  settings: Pick<Settings, 'phones'>,
) {
  return extensions.flatMap((extension) => {
    const isAlone = settings.phones.filter((other) => other.extensions.includes(extension)).length === 1;
    const bound = contacts.get(extensionNumber(extension)) ?? [];
    return bound.filter((contact) => {
      const phone = phones.get(contact);
      return phone !== undefined && (isAlone || phone.address === fetch?.address);
    });
  });
}
