import { type Codec, type Phone, type PhoneButton, type PhoneLine, type PhoneOffice, unusedAccounts } from './phone.js';
import { element, type Markup, xmlDocument } from './xml.js';

type Item = readonly [name: string, value: string];

const codecNames: Readonly<Record<Codec, string>> = { PCMA: 'PCMA', PCMU: 'PCMU', G722: 'G.722', opus: 'OPUS' };
const keyModes = { blf: 'BLF', speedDial: 'SpeedDial' } as const;

/** A file for a Grandstream of this MAC address, which refuses one for another. */
export const grandstreamFile = (mac: string, version: '1' | '2', settings: readonly Markup[]): string =>
  xmlDocument(
    element('gs_provision', { version: '1' }, [element('mac', {}, mac), element('config', { version }, settings)]),
  );

/**
 * Configuration of Grandstream GRP and GXP telephones (`cfgMAC.xml`), by the "SIP Device Provisioning Guide" and Grandstream's own template
 * for the GRP261x: names in place of numbered P values, which telephones with older firmware do not know.
 */
export function grandstream(phone: Phone, office: PhoneOffice): string {
  const { id, lines, buttons } = phone;
  const items = [
    ...general(office),
    ...lines.flatMap((line, index) => account(line, index + 1, office)),
    ...unusedAccounts(phone).map((index): Item => [`account.${index}.enable`, 'No']),
    ...buttons.flatMap((button, index) => virtualKey(button, lines.length + index + 1)),
  ];
  return grandstreamFile(
    id,
    '2',
    items.map(([name, value]) => element('item', { name }, value)),
  );
}

const general = ({ language, timeZone }: PhoneOffice): readonly Item[] => [
  ['language.gui', language],
  ...(timeZone ? [['dateTime.timezone', timeZone.posix] as const] : []),
];

function account({ number, name, password }: PhoneLine, index: number, office: PhoneOffice): readonly Item[] {
  const { host, port, transport, codecs } = office;
  const fields: readonly Item[] = [
    ['enable', 'Yes'],
    ['name', name],
    ['sip.server.1.address', `${host}:${port}`],
    ['sip.transport', transport.toUpperCase()],
    ['sip.userid', number],
    ['sip.subscriber.userid', number],
    ['sip.subscriber.password', password],
    ['sip.subscriber.name', name],
    ['sip.registration', 'Yes'],
    ['dtmf.sendInAudio', 'No'],
    ['dtmf.sendInRtp', 'Yes'],
    ['dtmf.sendInSip', 'No'],
    // The first eight are all there are; those left over would be others than the box speaks.
    ...Array.from({ length: 8 }, (_, place): Item => {
      const codec = codecs[place] ?? codecs.at(-1) ?? 'PCMA';
      return [`codec.choice.${place + 1}`, codecNames[codec]];
    }),
    // Services of the telephone's own would take numbers such as *55 before the box hears of them.
    ['featureCodes.callFeatures', 'No'],
  ];
  return fields.map(([field, value]) => [`account.${index}.${field}`, value]);
}

/** The keys on the display; the first of them are the accounts. Their account counts from 0. */
const virtualKey = ({ kind, number, label }: PhoneButton, index: number): readonly Item[] => [
  [`pks.vpk.${index}.keyMode`, keyModes[kind]],
  [`pks.vpk.${index}.account`, '0'],
  [`pks.vpk.${index}.description`, label],
  [`pks.vpk.${index}.value`, number],
];
