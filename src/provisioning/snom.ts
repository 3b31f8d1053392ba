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
import { type ClockChange, fromMonday, type TimeZone } from './time-zone.js';
import { element, type Markup, xmlDocument } from './xml.js';

const codecNames: Readonly<Record<Codec, string>> = { PCMA: 'pcma', PCMU: 'pcmu', G722: 'g722', opus: 'opus' };
/** Where no country has been chosen, those that the box itself plays then. */
const tones: Readonly<Record<Country, string>> = { de: 'GER', us: 'USA', gb: 'GBR', unknown: 'GER' };
const languages = { de: 'Deutsch', en: 'English' } as const;

/** RTP/SAVP in any case, or only keys beside RTP/AVP. */
const savpModes: Readonly<Record<Encryption, string>> = { off: 'off', offered: 'off', required: 'mandatory' };

/** A user can change it on the phone, until it is configured again. */
const changeable = { perm: 'RW' };
/** Only the box changes it. */
const fixed = { perm: 'R' };

/**
 * Configuration of Snom D7xx (`MAC.xml`), by "Desk Phone Configuration Files", "Permission Flags" and "Function Keys" of the Snom Service
 * Hub. Accounts count from 1, function keys from 0.
 */
export function snom(phone: Phone, office: PhoneOffice): string {
  const { lines, buttons } = phone;
  const settings = [
    ...general(office),
    ...lines.flatMap((line, index) => identity(line, String(index + 1), office)),
    ...unusedAccounts(phone).map((index) => element('user_active', { idx: String(index), ...fixed }, 'off')),
  ];
  const keys = [
    ...lines.map((_, index) => functionKey(index, String(index + 1), '', 'line')),
    ...buttons.map((button, index) =>
      functionKey(lines.length + index, '1', button.label, keyAction(button, office.host)),
    ),
  ];
  return xmlDocument(
    element('settings', {}, [element('phone-settings', {}, settings), element('functionKeys', {}, keys)]),
  );
}

const general = ({ language, country, timeZone }: PhoneOffice): readonly Markup[] => [
  element('language', changeable, languages[language]),
  element('web_language', changeable, languages[language]),
  element('tone_scheme', changeable, tones[country]),
  ...(timeZone ? clock(timeZone) : []),
];

function clock({ offsetMinutes, saving }: TimeZone): readonly Markup[] {
  const seconds = offsetMinutes * 60;
  const change = saving ? `3600 ${clockChange(saving.begins)} ${clockChange(saving.ends)}` : '';
  return [
    // A name of a zone would go before what follows.
    element('timezone', changeable, ''),
    element('utc_offset', changeable, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}`),
    element('dst', changeable, change),
  ];
}

const two = (value: number): string => String(value).padStart(2, '0');
const clockChange = (change: ClockChange): string =>
  `${two(change.month)}.${two(change.week)}.${two(fromMonday(change))} ${two(change.hour)}:00:00`;

function identity(line: PhoneLine, idx: string, office: PhoneOffice): readonly Markup[] {
  const { number, name, password } = line;
  const { host, codecs } = office;
  const { port, transport, encryption } = wayOf(line, office);
  const fields: readonly (readonly [string, string])[] = [
    ['user_active', 'on'],
    ['user_realname', name],
    ['user_idle_text', name],
    ['user_name', number],
    ['user_pname', number],
    ['user_pass', password],
    ['user_host', host],
    // The transport has no setting of its own.
    ['user_outbound', `${host}:${port};${transport}`],
    ['user_srtp', encryption === 'off' ? 'off' : 'on'],
    ['user_savp', savpModes[encryption]],
    // Keys go as RFC 4733 has it, never as SIP INFO.
    ['user_dtmf_info', 'off'],
    ['codec_priority_list', [...codecs.map((codec) => codecNames[codec]), 'telephone-event'].join(',')],
  ];
  return fields.map(([field, value]) => element(field, { idx, ...fixed }, value));
}

const functionKey = (idx: number, context: string, label: string, action: string): Markup =>
  element('fkey', { idx: String(idx), context, label, ...changeable }, action);

const keyAction = ({ kind, number }: PhoneButton, host: string): string =>
  kind === 'blf' ? `blf sip:${number}@${host};user=phone` : `speed ${number}`;
