/** IP addresses of the box itself and of networks in the house (RFC 1918, RFC 4193), as `URL` writes them. */
const inTheHouse = [
  /^(?:10|127)(?:\.\d+){3}$/,
  /^192\.168(?:\.\d+){2}$/,
  /^172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}$/,
  /^\[::1\]$/,
  /^\[f[cd][\da-f]{2}:[\da-f:]+\]$/,
];

/**
 * Whether an update may come from there: encrypted, or by an IP address of the house. A name may lead out of it tomorrow.
 */
export function isUpdateAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && inTheHouse.some((pattern) => pattern.test(hostname)));
}

const longestAddress = 1000;

/** Whether it can be the folder of a channel. A name and password in it would be a secret that is shown. */
export function isUpdateFolder(text: string): boolean {
  if (text.length > longestAddress || !isUpdateAddress(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return `${username}${password}${search}${hash}` === '';
}
