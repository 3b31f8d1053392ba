import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that a network gives to one customer or household, who can take on any address in them. */
const groupsOfOne = 4;

/** Who an address stands for when tries are counted: an IPv4 address for itself, an IPv6 address for its /64; neighbours on the link share theirs. */
export function sourceNetwork(address: string): string {
  const bare = address.replace(/%.*$/, '');
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare) ?? [];
  if (mapped !== undefined) return mapped;
  if (/^fe80:/i.test(bare)) return bare.toLowerCase();
  return isIPv6(bare) ? `${groups(bare).slice(0, groupsOfOne).join(':')}::/64` : bare.slice(0, 64);
}

function groups(address: string): readonly string[] {
  const [head = '', tail] = address.split('::');
  const [before, after] = [split(head), split(tail ?? '')];
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...after];
}

/** A last part in the form of an IPv4 address stands for two groups. */
function split(part: string): readonly string[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : trimmed(group)));
}

const trimmed = (group: string): string => Number.parseInt(group, 16).toString(16);
