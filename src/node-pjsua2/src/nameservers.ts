import { Resolver } from 'node:dns';
import { unwatchFile, watchFile } from 'node:fs';
import { isIPv6 } from 'node:net';
import type { Nameserver } from './native.js';

const configuration = '/etc/resolv.conf';
/**
 * How often to check whether the file has changed. It is not watched because network managers replace it, so its folder would have to be
 * watched.
 */
const lookMs = 2000;
const defaultPort = 53;

/** The nameservers that the system uses now, or one on this machine if it names none. */
export function systemNameservers(): readonly Nameserver[] {
  // A new resolver reads the file again, unlike the module's own getServers().
  return new Resolver().getServers().map(nameserver);
}

/** Calls back with the nameservers whenever the system's change, until the returned function is called. Does not keep the process alive. */
export function watchNameservers(onChange: (nameservers: readonly Nameserver[]) => void): () => void {
  let known = JSON.stringify(systemNameservers());
  const look = () => {
    const nameservers = systemNameservers();
    const found = JSON.stringify(nameservers);
    if (found === known) return;
    known = found;
    onChange(nameservers);
  };
  watchFile(configuration, { interval: lookMs, persistent: false }, look);
  return () => unwatchFile(configuration, look);
}

/** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`. */
function nameserver(text: string): Nameserver {
  if (isIPv6(text)) return { address: text, port: defaultPort };
  const [, address = text, port] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(text) ?? [];
  return { address, port: port === undefined ? defaultPort : Number(port) };
}
