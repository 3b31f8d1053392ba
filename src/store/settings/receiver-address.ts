import { BlockList, isIP } from 'node:net';

/** Where no receiver of events is: this host, this link, everybody, nobody (RFC 6890). */
const nowhere = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
  ['::', 128],
  ['::1', 128],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  nowhere.addSubnet(network, prefix, familyOf(network));

/** Whether an IP address is on the box or its link, or none of one host. */
export const isNowhere = (address: string): boolean => nowhere.check(address, familyOf(address));

export function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** The names of the box itself: no nameserver has a say in them (RFC 6761, 6.3). */
export const isLocalhost = (name: string): boolean => /(?:^|\.)localhost\.?$/i.test(name);

/** Name or address that a URL leads to. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

const longestUrl = 2048;

/** Whether events can be sent there. A name and password in it would be a secret that is shown. */
export function isReceiverUrl(text: string): boolean {
  if (text.length > longestUrl || !URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && `${username}${password}${hash}` === '';
}

/** Whether it says itself that it leads to the box. What a name leads to shows when it is looked up. */
export function leadsToBox(text: string): boolean {
  const host = hostOf(new URL(text));
  return isLocalhost(host) || (isIP(host) !== 0 && isNowhere(host));
}
