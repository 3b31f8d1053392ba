import type { Phone, PhoneOffice } from '../../../src/provisioning/phone.js';
import { timeZoneOf } from '../../../src/provisioning/time-zone.js';

export const office: PhoneOffice = {
  ...{
    host: 'pbx.example.com',
    port: 5062,
    transport: 'udp',
    tlsPort: 5063,
    realm: 'modcall',
    language: 'de',
    country: 'de',
  },
  codecs: ['PCMA', 'PCMU', 'G722', 'opus'],
  timeZone: timeZoneOf('CET-1CEST,M3.5.0,M10.5.0/3'),
};

const anna = { number: '101', name: 'Anna Müller', password: 'correct horse 101', encryption: 'off' } as const;
const sales = { number: '110', name: 'Sales & Co', password: 'correct horse 110', encryption: 'off' } as const;

/** A phone of this model with all that it can have. */
export const deskPhone = (model: Phone['model']): Phone => ({
  ...{ model, id: '001565aabbcc', lines: [anna, sales], hotline: null },
  buttons: [
    { kind: 'blf', number: '102', label: 'Ben' },
    { kind: 'speedDial', number: '*55', label: 'Mithören' },
  ],
});

export const adapter = (model: Phone['model']): Phone => ({
  ...{ model, id: '001565aabbcc', lines: [anna], buttons: [], hotline: '*55' },
});

export const app: Phone = { model: 'linphone', id: 'anna', lines: [anna], buttons: [], hotline: null };
