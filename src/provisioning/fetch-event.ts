import type { PhoneModel } from '../primitives/phone-models.js';

/**
 * The event of a NOTIFY that lets a phone fetch its configuration again, without starting anew where it can; docs/phones.md has the sources. Null
 * where no such thing is documented.
 */
export const fetchEvents: Readonly<Record<PhoneModel, string | null>> = {
  yealink: 'check-sync;reboot=false',
  snom: 'check-sync;reboot=false',
  grandstream: 'check-sync',
  'grandstream-ht': 'check-sync',
  'cisco-ata': 'resync',
  linphone: null,
};
