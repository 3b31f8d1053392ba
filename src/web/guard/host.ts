import { isIP } from 'node:net';

/**
 * Whether a request is for this box by a name that nobody else's DNS can point here (DNS rebinding): an IP address, or a name that the
 * box knows to be its own. Of addresses any will do: the one that a port forwarding has is not the box's.
 * @param names in lower case.
 */
export function isOwnHost(host: string, names: ReadonlySet<string>): boolean {
  const [, name = ''] = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(host) ?? [];
  if (isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
  const plain = name.toLowerCase().replace(/\.$/, '');
  return plain === 'localhost' || names.has(plain);
}
