import type { Resolver } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';

/** The address is not one that anything is sent to. */
export class ForbiddenTarget extends Error {}

/** Where no receiver is: this host, this link, everybody, nobody (RFC 6890). */
const nowhere: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
  ['::', 128],
  ['::1', 128],
  ['fe80::', 10],
  ['ff00::', 8],
];

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether the address is the box's own, or none at all. */
export function isForbidden(address: string): boolean {
  const list = new BlockList();
  for (const [network, prefix] of nowhere) list.addSubnet(network, prefix, family(network));
  for (const own of Object.values(networkInterfaces()).flat()) {
    if (own) list.addAddress(own.address, family(own.address));
  }
  return list.check(address, family(address));
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
  // Nobody's nameserver has a say in it (RFC 6761, 6.3).
  if (/(?:^|\.)localhost\.?$/i.test(name)) return ['127.0.0.1', '::1'];
  const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}
