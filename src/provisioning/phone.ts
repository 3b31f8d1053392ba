import type { Country } from '../primitives/country.js';
import type { Encryption } from '../primitives/encryption.js';
import type { Language } from '../primitives/language.js';
import { modelFacts, type PhoneModel } from '../primitives/phone-models.js';
import type { TimeZone } from './time-zone.js';

/** An extension that a phone registers as. */
export interface PhoneLine {
  readonly number: string;
  /** Shown on the phone, and to those it calls. */
  readonly name: string;
  readonly password: string;
  /** Of the sound of its calls. */
  readonly encryption: Encryption;
}

/** A key of a phone: it calls a number, and with `blf` it also shows what there is at that number. */
export interface PhoneButton {
  readonly kind: 'blf' | 'speedDial';
  readonly number: string;
  readonly label: string;
}

/** A telephone, adapter or app to be configured. */
export interface Phone {
  readonly model: PhoneModel;
  /** Its MAC address, 12 lower-case hexadecimal digits; of an app, its name. */
  readonly id: string;
  readonly lines: readonly PhoneLine[];
  readonly buttons: readonly PhoneButton[];
  /** What lifting the handset of the first telephone at an adapter calls, unless somebody dials before; null for a dial tone. */
  readonly hotline: string | null;
}

/** Time to dial something else than the hotline: an emergency call has to be possible at every telephone. */
export const hotlineDelaySeconds = 3;

/** The accounts that the largest of its make has besides those in use, from 1: an extension that was one of them is one no longer. */
export function unusedAccounts({ model, lines }: Pick<Phone, 'model' | 'lines'>): readonly number[] {
  const unused = Math.max(0, modelFacts[model].lines - lines.length);
  return Array.from({ length: unused }, (_, index) => lines.length + index + 1);
}

export type Codec = 'PCMA' | 'PCMU' | 'G722' | 'opus';

/** How an extension reaches the box, and whether the sound of its calls is encrypted. */
export interface LineWay {
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly encryption: Encryption;
}

/** What all phones are told of the box. */
export interface PhoneOffice {
  /** Where the box is reached by SIP: a name or an address. */
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  /** Where it is reached over TLS; null where it is not. */
  readonly tlsPort: number | null;
  readonly realm: string;
  readonly language: Language;
  readonly country: Country;
  /** In order of preference. */
  readonly codecs: readonly Codec[];
  /** Null where it is not known: phones keep theirs. */
  readonly timeZone: TimeZone | null;
}

/** The keys of encrypted sound go along with the signalling: where it is to be encrypted, the extension registers over TLS. */
export function wayOf({ encryption }: PhoneLine, { port, transport, tlsPort }: PhoneOffice): LineWay {
  if (encryption === 'off' || tlsPort === null) return { port, transport, encryption: 'off' };
  return { port: tlsPort, transport: 'tls', encryption };
}
