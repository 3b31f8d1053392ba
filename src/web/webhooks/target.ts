import type { Resolver } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { familyOf, isLocalhost, isNowhere } from '../../admin/webhooks-operations.js';

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

/**
 * How the name of a receiver is looked up: at the nameservers, without the few threads that files are written with, and checked each
 * time, since a name can point elsewhere tomorrow.
 */
export function lookup(mayBeLocal: boolean, resolver: Resolver): LookupFunction {
  return (name, options, callback) => {
    addressesOf(name, resolver).then(
      (addresses) => {
        const [first] = addresses;
        if (!first) callback(new Error(`no address of ${name} was found`), '');
        else if (!mayBeLocal && addresses.some(isForbidden)) callback(new ForbiddenTarget(name), '');
        else if (options.all)
          callback(
            null,
            addresses.map((address) => ({ address, family: isIP(address) })),
          );
        else callback(null, first, isIP(first));
      },
      (error: Error) => callback(error, ''),
    );
  };
}

async function addressesOf(name: string, resolver: Resolver): Promise<readonly string[]> {
  if (isLocalhost(name)) return ['127.0.0.1', '::1'];
  const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}
