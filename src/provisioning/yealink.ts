import type { Country } from '../primitives/country.js';
import type { Encryption } from '../primitives/encryption.js';
import {
  type Codec,
  type Phone,
  type PhoneButton,
  type PhoneLine,
  type PhoneOffice,
  unusedAccounts,
  wayOf,
} from './phone.js';
import { plainText } from './plain-text.js';
import { type ClockChange, fromMonday, type TimeZone } from './time-zone.js';

type Setting = readonly [key: string, value: string | number];

const codecNames: Readonly<Record<Codec, string>> = { PCMA: 'pcma', PCMU: 'pcmu', G722: 'g722', opus: 'opus' };
/** Where no country has been chosen, those that the box itself plays then. */
const tones: Readonly<Record<Country, string>> = {
  de: 'Germany',
  us: 'United States',
  gb: 'Great Britain',
  unknown: 'Germany',
};
const languages = { de: 'German', en: 'English' } as const;
const transports = { udp: 0, tcp: 1, tls: 2 } as const;
/** Keys beside RTP/AVP, or RTP/SAVP and no call without. */
const srtpModes: Readonly<Record<Encryption, number>> = { off: 0, offered: 1, required: 2 };
/** DTMF as RFC 2833, which RFC 4733 replaced. */
const rfc2833 = 1;
/** What a line key does. */
const keyTypes = { speedDial: 13, line: 15, blf: 16 } as const;

/**
 * Configuration of Yealink T3x, T4x and T5x (`MAC.cfg`), by the "Administrator's Guide for SIP-T2/T3/T4/T5/CP92X IP Phones" V84 to V86: its
 * first line is mandatory, and says in which format the rest is.
 */
export function yealink(phone: Phone, office: PhoneOffice): string {
  const { lines, buttons } = phone;
  const settings = [
    ...general(office),
    ...lines.flatMap((line, index) => account(line, index + 1, office)),
    ...unusedAccounts(phone).map((index) => [`account.${index}.enable`, 0] as const),
    ...lines.flatMap((_, index) => lineKey(index + 1)),
    ...buttons.flatMap((button, index) => buttonKey(button, lines.length + index + 1)),
  ];
  return ['#!version:1.0.0.1', ...settings.map(settingLine), ''].join('\n');
}

const settingLine = ([key, value]: Setting): string => `${key} = ${plainText(String(value))}`;

const general = ({ language, country, timeZone }: PhoneOffice): readonly Setting[] => [
  ['lang.gui', languages[language]],
  ['lang.wui', languages[language]],
  ['voice.tone.country', tones[country]],
  // A NOTIFY with check-sync lets it fetch its configuration without starting anew.
  ['sip.notify_reboot_enable', 0],
  ...(timeZone ? clock(timeZone) : []),
];

function clock({ offsetMinutes, saving }: TimeZone): readonly Setting[] {
  const [sign, minutes] = [offsetMinutes < 0 ? '-' : '+', Math.abs(offsetMinutes)];
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  const zone: Setting = ['local_time.time_zone', `${sign}${Math.floor(minutes / 60)}${rest}`];
  if (!saving) return [zone, ['local_time.summer_time', 0]];
  return [
    zone,
    ['local_time.summer_time', 1],
    ['local_time.dst_time_type', 1],
    ['local_time.start_time', clockChange(saving.begins)],
    ['local_time.end_time', clockChange(saving.ends)],
    ['local_time.offset_time', 60],
  ];
}

const clockChange = (change: ClockChange): string =>
  [change.month, change.week, fromMonday(change), change.hour].join('/');

function account(line: PhoneLine, index: number, office: PhoneOffice): readonly Setting[] {
  const { number, name, password } = line;
  const { host, codecs } = office;
  const { port, transport, encryption } = wayOf(line, office);
  const fields: readonly Setting[] = [
    ['enable', 1],
    ['label', name],
    ['display_name', name],
    ['auth_name', number],
    ['user_name', number],
    ['password', password],
    ['sip_server.1.address', host],
    ['sip_server.1.port', port],
    ['sip_server.1.transport_type', transports[transport]],
    ['srtp_encryption', srtpModes[encryption]],
    ['dtmf.type', rfc2833],
    ...codecs.flatMap((codec, place): readonly Setting[] => [
      [`codec.${codecNames[codec]}.enable`, 1],
      [`codec.${codecNames[codec]}.priority`, place + 1],
    ]),
    // Offered by the telephone unless it is told otherwise, and unknown to the box.
    ['codec.g729.enable', 0],
  ];
  return fields.map(([key, value]) => [`account.${index}.${key}`, value]);
}

const lineKey = (index: number): readonly Setting[] => [
  [`linekey.${index}.type`, keyTypes.line],
  [`linekey.${index}.line`, index],
];

const buttonKey = ({ kind, number, label }: PhoneButton, index: number): readonly Setting[] => [
  [`linekey.${index}.type`, keyTypes[kind]],
  [`linekey.${index}.line`, 1],
  [`linekey.${index}.value`, number],
  [`linekey.${index}.label`, label],
];
