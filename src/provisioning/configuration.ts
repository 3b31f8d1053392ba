import type { PhoneModel } from '../primitives/phone-models.js';
import { ciscoAta } from './cisco-ata.js';
import { grandstream } from './grandstream.js';
import { grandstreamHt } from './grandstream-ht.js';
import { linphone } from './linphone.js';
import type { Phone, PhoneOffice } from './phone.js';
import { snom } from './snom.js';
import { yealink } from './yealink.js';

/** How a make is configured. */
interface Make {
  /** What it asks for, in lower case. */
  readonly fileName: (id: string) => string;
  readonly contentType: 'text/plain' | 'application/xml';
  readonly content: (phone: Phone, office: PhoneOffice) => string;
}

const xml = 'application/xml';

const makes: Readonly<Record<PhoneModel, Make>> = {
  yealink: { fileName: (mac) => `${mac}.cfg`, contentType: 'text/plain', content: yealink },
  snom: { fileName: (mac) => `${mac}.xml`, contentType: xml, content: snom },
  grandstream: { fileName: (mac) => `cfg${mac}.xml`, contentType: xml, content: grandstream },
  'grandstream-ht': { fileName: (mac) => `cfg${mac}.xml`, contentType: xml, content: grandstreamHt },
  'cisco-ata': { fileName: (mac) => `${mac}.xml`, contentType: xml, content: ciscoAta },
  linphone: { fileName: (name) => `${name}.xml`, contentType: xml, content: linphone },
};

/** The name of the file with a phone's configuration, by which it asks for it. */
export const configurationName = (model: PhoneModel, id: string): string => makes[model].fileName(id);

/** What a phone is to be. */
export function configurationOf(phone: Phone, office: PhoneOffice) {
  const { contentType, content } = makes[phone.model];
  return { contentType, content: content(phone, office) };
}
