import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { ReachedBy } from '../crypto/certificate.js';
import type { BoxClock } from '../gateway/clock.js';
import { ownAddresses } from '../identity/own-addresses.js';
import type { Log } from '../log/log.js';
import { BoxCertificate, leafOf } from '../store/certificate/box-certificate.js';
import type { DataFolder } from '../store/files/data-folder.js';

/** Addresses change with a cable, a network or a lease: often enough that nobody waits for the new certificate. */
const askedEveryMs = 5 * 60_000;
const hostName = /^[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?$/i;

export interface OpenCertificate {
  readonly certificate: BoxCertificate;
  stop(): Promise<void>;
}

/** The certificate of the box, kept right while it runs. @param furtherNames What it is called in the settings. */
export async function openCertificate(
  folder: DataFolder,
  clock: BoxClock,
  log: Log,
  furtherNames: () => readonly string[],
): Promise<OpenCertificate> {
  const certificate = await BoxCertificate.open({
    selfSigned: folder.file('selfSigned'),
    installed: folder.file('installedCertificate'),
    reachedBy: () => reachedBy(furtherNames()),
    wall: () => clock.wall,
  });
  const say = (): void => {
    const { fingerprint256, validTo } = leafOf(certificate.current) ?? {};
    log.info({ kind: certificate.current.kind, fingerprint: fingerprint256, until: validTo }, 'certificate of the box');
  };
  say();
  certificate.onChange(say);
  const timer = setInterval(() => void certificate.renewIfDue(), askedEveryMs);
  timer.unref();
  return { certificate, stop: async () => clearInterval(timer) };
}

function reachedBy(further: readonly string[]): ReachedBy {
  const own = hostname();
  const names = hostName.test(own) ? [own, ...(own.includes('.') ? [] : [`${own}.local`])] : [];
  return {
    names: ['localhost', ...names, ...further.filter((name) => hostName.test(name) && isIP(name) === 0)],
    addresses: ['127.0.0.1', '::1', ...further.filter((name) => isIP(name) !== 0), ...ownAddresses()],
  };
}
