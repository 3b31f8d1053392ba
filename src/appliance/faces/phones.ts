import { readFile } from 'node:fs/promises';
import { PhonesAdmin, type PhonesPlace } from '../../admin/phones/phones-admin.js';
import type { Log } from '../../log/log.js';
import { type TimeZone, timeZoneOf } from '../../provisioning/time-zone.js';
import { PhoneFetches } from '../../store/phones/phone-fetches.js';

interface Phones extends Pick<PhonesPlace, 'settings' | 'clock' | 'gateway' | 'record' | 'publish' | 'tell'> {
  /** Of the file that says when each phone came last. */
  readonly path: string;
  readonly sipPort: number | null;
  readonly sipTlsPort: () => number | null;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/** As the engine speaks them, in its order. */
const codecs = ['PCMA', 'PCMU', 'G722', 'opus'] as const;
const zones = '/usr/share/zoneinfo';

/** Lets phones fetch their configuration, and returns what waits for the last of it to be on disk. */
export async function openPhones({ path, sipPort, sipTlsPort, log, ...place }: Phones) {
  const fetches = await PhoneFetches.open(path, (error) => log.warn({ error }, 'the fetches of phones are not kept'));
  const admin = new PhonesAdmin({
    ...place,
    fetches,
    facts: { sipPort, sipTlsPort, codecs, timeZone: await ownTimeZone() },
    onRefused: (phone, error) => log.info({ phone, error }, 'a phone did not agree to fetch its configuration'),
    onGuess: (source, unreported) =>
      log.warn({ source, unreported }, 'a configuration was asked for with a secret that no phone has'),
  });
  return {
    admin,
    stop: () => {
      admin.stop();
      return fetches.written();
    },
  };
}

/** The rule of the box's own zone: the last line of its file (RFC 8536, 3.3). Null where there is none that phones can follow. */
async function ownTimeZone(): Promise<TimeZone | null> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const content = await readFile(`${zones}/${timeZone}`, 'latin1').catch(() => '');
  return timeZoneOf(content.trimEnd().split('\n').at(-1) ?? '');
}
