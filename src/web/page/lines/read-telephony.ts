import { languages } from '../../../primitives/language.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import type { TelephonySettings } from './lines-data.js';

export const countries = ['de', 'gb', 'us'] as const;
export const transports = ['udp', 'tcp', 'tls'] as const;

type Digest = TelephonySettings['sip']['digest'];

/** The orders in which a box can ask for proof of a password, the usual one first. */
export const digestOrders: readonly Digest[] = [['MD5', 'SHA-256'], ['SHA-256', 'MD5'], ['MD5'], ['SHA-256']];

export const digestText = (order: Digest): string => order.join(', ');

/** What the form says; the rest of the settings stays as it is. */
export function readTelephony(data: FormData) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const publicAddress = text('sip.publicAddress');
  const picked = data.getAll('sip.transports');
  const digest = digestOrders.find((order) => digestText(order) === text('sip.digest'));
  return {
    country: countries.find((country) => country === text('country')) ?? ('unknown' as const),
    provisioning: { inClear: data.has('provisioning.inClear') },
    language: languages.find((language) => language === text('language')),
    ringSeconds: wholeNumber(text('ringSeconds')),
    sip: {
      address: text('sip.address'),
      port: wholeNumber(text('sip.port')),
      tlsPort: wholeNumber(text('sip.tlsPort')),
      transports: transports.filter((transport) => picked.includes(transport)),
      realm: text('sip.realm'),
      ...(digest && { digest: [...digest] }),
      ...(publicAddress === '' ? {} : { publicAddress }),
    },
  };
}
