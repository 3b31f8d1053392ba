import { BlockList, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { familyOf, isLocalhost, isNowhere } from '../../admin/webhooks-operations.js';
import { type Finder, lookupBy } from '../../nameservers/lookup.js';

/** The address is not one that anything is sent to. */
export class ForbiddenTarget extends Error {}

/** Whether the address is the box's own, or none at all. */
export function isForbidden(address: string): boolean {
  if (isNowhere(address)) return true;
  const own = new BlockList();
  for (const each of Object.values(networkInterfaces()).flat())
    if (each) own.addAddress(each.address, familyOf(each.address));
  return own.check(address, familyOf(address));
}

/** How the name of a receiver is looked up: checked each time, since a name can point elsewhere tomorrow. */
export function receiverLookup(mayBeLocal: boolean, atNameservers: Finder): LookupFunction {
  return lookupBy(async (name) => {
    const addresses = isLocalhost(name) ? ['127.0.0.1', '::1'] : await atNameservers(name);
    if (!mayBeLocal && addresses.some(isForbidden)) throw new ForbiddenTarget(name);
    return addresses;
  });
}
