import { type Settings, settingsSchema } from '../../../../src/store/settings/settings-schema.js';

/** A valid settings file as an admin would write it, with every kind of entry. */
export function sampleFile() {
  return {
    version: 1,
    language: 'en',
    country: 'de',
    extensions: [
      { number: '100', name: 'Lead', password: 'a long password 0', language: 'de' },
      { number: '101', name: 'Anna', password: 'a long password 1', consents: true },
      { number: '102', name: 'Ben', password: 'a long password 2', consents: true },
    ],
    analogPhones: [
      { fxs: 'handset', extension: '100', onLift: { kind: 'call', number: '*55' } },
      { fxs: 'phone1', extension: '102' },
    ],
    phones: [
      {
        ...{ id: '001565aabbcc', model: 'yealink', extensions: ['101'], secret: 'A'.repeat(43) },
        buttons: [
          { kind: 'blf', extension: '102' },
          { kind: 'speedDial', number: '0301234', label: 'Taxi' },
          { kind: 'monitoring', profile: 'support' },
        ],
      },
      { id: '000b82aabbcc', model: 'grandstream-ht', extensions: ['100'], onLift: { kind: 'call', number: '*55' } },
    ],
    groups: [
      { id: 'leads', name: 'Leads', members: ['100'] },
      { id: 'support', name: 'Support', number: '200', members: ['101', '102'] },
    ],
    trunks: [
      {
        kind: 'registering',
        id: 'provider',
        name: 'Provider',
        host: 'sip.example.com',
        port: 5060,
        username: 'office',
        password: 'x',
        prefix: '0',
        inbound: { group: 'support' },
      },
      {
        kind: 'address',
        id: 'old-pbx',
        name: 'Old PBX',
        host: '192.0.2.7',
        port: 5060,
        addresses: ['192.0.2.7'],
        prefix: '7',
        callerId: '+493012345',
        inbound: { extension: '101' },
      },
      {
        kind: 'analog',
        id: 'exchange',
        name: 'Exchange',
        fxo: 'line1',
        prefix: '8',
        inbound: { group: 'support' },
      },
    ],
    webhooks: [
      {
        id: 'crm',
        url: 'https://crm.example.com/hook',
        events: ['calls'],
        secret: 'whsec_c2FtcGxlIHNlY3JldCBvZiAyNCBvY3RldHM=',
      },
    ],
    profiles: [
      {
        id: 'support',
        name: 'Support',
        service: '*55',
        external: { trunk: 'provider', number: '4930555' },
        moderators: 'leads',
        members: 'support',
        interventions: ['whisper', 'barge'],
        notice: { member: { kind: 'toneEvery', seconds: 15 }, other: { kind: 'announcement' } },
        stereo: true,
        windows: [{ days: ['mon', 'fri'], from: '08:00', to: '24:00' }],
        quota: 20,
      },
    ],
    exclusions: { extensions: ['102'], numbers: ['+4930110'] },
  };
}

export function sampleSettings(): Settings {
  return settingsSchema.parse(sampleFile());
}
