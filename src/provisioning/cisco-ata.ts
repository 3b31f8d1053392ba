import { type Codec, hotlineDelaySeconds, type Phone, type PhoneLine, type PhoneOffice } from './phone.js';
import { element, type Markup, xmlDocument } from './xml.js';

/** Those that these adapters have. */
const codecNames: Readonly<Partial<Record<Codec, string>>> = { PCMU: 'G711u', PCMA: 'G711a' };
const preferences = ['Preferred_Codec', 'Second_Preferred_Codec', 'Third_Preferred_Codec'] as const;
const ports = ['1', '2'] as const;
/** Whatever is dialled, the box knows what it means. */
const anyNumber = '*xx.|xx.';

/**
 * Configuration of Cisco ATA 191 and 192 for third-party call control (`MAC.xml`), by "Cisco ATA 191 and ATA 192 Analog Telephone Adapter
 * Provisioning Guide for Multiplatform Firmware". A dial plan that begins with a timer (`P`) calls its number once that is over with nothing dialled.
 */
export function ciscoAta({ lines, hotline }: Phone, office: PhoneOffice): string {
  const fields = [
    element('Resync_On_Reset', {}, 'Yes'),
    // A NOTIFY with check-sync lets it fetch its configuration.
    element('Resync_From_SIP', {}, 'Yes'),
    ...ports.flatMap((port, index) => {
      const line = lines[index];
      return line
        ? lineFields(port, line, index === 0 ? hotline : null, office)
        : [element(`Line_Enable_${port}_`, {}, 'No')];
    }),
  ];
  return xmlDocument(element('flat-profile', {}, fields));
}

function lineFields(
  port: string,
  { number, name, password }: PhoneLine,
  hotline: string | null,
  { host, port: sipPort, transport, codecs }: PhoneOffice,
): readonly Markup[] {
  const known = codecs.flatMap((codec) => codecNames[codec] ?? []);
  const fields: readonly (readonly [string, string])[] = [
    ['Line_Enable', 'Yes'],
    ['SIP_Transport', transport.toUpperCase()],
    ['Proxy', `${host}:${sipPort}`],
    ['Register', 'Yes'],
    ['Use_DNS_SRV', 'No'],
    ['Display_Name', name],
    ['User_ID', number],
    ['Password', password],
    ['Use_Auth_ID', 'No'],
    ...preferences.map((field, place) => [field, known[place] ?? 'Unspecified'] as const),
    ['Use_Pref_Codec_Only', 'No'],
    // Its word for telephone events (RFC 4733).
    ['DTMF_Tx_Method', 'AVT'],
    ['Dial_Plan', hotline === null ? `(${anyNumber})` : `(P${hotlineDelaySeconds}<:${hotline}>|${anyNumber})`],
  ];
  return fields.map(([field, value]) => element(`${field}_${port}_`, {}, value));
}
