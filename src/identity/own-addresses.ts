import { networkInterfaces } from 'node:os';

/** Addresses at which this machine is reached in its networks: IPv4 first, no loopback. */
export function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family, address }) => !internal && (family === 'IPv4' || !address.startsWith('fe80:')))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address }) => address);
}
