import { describe, expect, it } from 'vitest';
import { extensionNumber, groupId, profileId, trunkId } from '../../../../src/primitives/ids.js';
import {
  toDirectory,
  toExtensionAccounts,
  toMonitoringPolicy,
  toPinHashes,
  toSpokenLanguages,
  toTrunkAccounts,
} from '../../../../src/store/settings/settings-rules.js';
import { route } from '../../../../src/switchboard/dial-plan.js';
import { sampleSettings } from './sample-settings.js';

const settings = sampleSettings();

describe('rules made of settings', () => {
  it('make everything dialable', () => {
    const directory = toDirectory(settings);
    const from = { kind: 'extension', number: extensionNumber('100') } as const;
    const leadsTo = (dialled: string) => route(directory, from, dialled);
    expect(leadsTo('101')).toEqual({ kind: 'extension', number: '101' });
    expect(leadsTo('200')).toEqual({ kind: 'group', group: 'support' });
    expect(leadsTo('*55')).toEqual({ kind: 'service', profile: 'support' });
    expect(leadsTo('03012345')).toEqual({ kind: 'trunk', trunks: ['provider'], number: '3012345' });
    expect(leadsTo('0112')).toMatchObject({ kind: 'emergency', number: '112' });
    const outside = { kind: 'trunk', trunk: trunkId('provider') } as const;
    expect(route(directory, outside, '4930555')).toEqual({ kind: 'service', profile: 'support' });
    expect(route(directory, outside, '4930')).toEqual({ kind: 'group', group: 'support' });
    expect(route(directory, { kind: 'trunk', trunk: trunkId('old-pbx') }, '1')).toEqual({
      kind: 'extension',
      number: '101',
    });
  });

  it('make the policy of monitoring', () => {
    const policy = toMonitoringPolicy(settings);
    expect(policy.profiles.get(profileId('support'))).toEqual({
      id: 'support',
      name: 'Support',
      enabled: true,
      moderators: 'leads',
      members: 'support',
      interventions: new Set(['whisper', 'barge']),
      notice: { member: { kind: 'toneEvery', seconds: 15 }, other: { kind: 'announcement' } },
      stereo: true,
      encryptedCalls: 'protectedLine',
      admission: false,
      windows: [{ weekdays: [1, 5], from: 480, to: 1440 }],
      quota: 20,
    });
    expect(policy.persons.get(extensionNumber('100'))).toEqual({
      number: '100',
      consents: false,
      language: 'de',
      pinMark: null,
    });
    expect(policy.persons.get(extensionNumber('101'))).toEqual({
      number: '101',
      consents: true,
      language: 'en',
      pinMark: null,
    });
    expect(policy.groups.get(groupId('support'))).toEqual(['101', '102']);
    expect(policy.exclusions).toEqual({ extensions: new Set(['102']), numbers: ['+4930110'] });
    expect(policy.limits).toEqual({ perCall: 4, total: 100 });
  });

  it('name the languages in which somebody is spoken to', () => {
    expect(toSpokenLanguages(settings)).toEqual(new Set(['en', 'de']));
    const extensions = settings.extensions.map(({ language: _, ...entry }) => entry);
    expect(toSpokenLanguages({ ...settings, extensions })).toEqual(new Set(['en']));
  });

  it('make the accounts of phones and trunks', () => {
    expect(toExtensionAccounts(settings)[1]).toEqual({
      number: '101',
      password: 'a long password 1',
      encryption: 'off',
    });
    expect(toTrunkAccounts(settings)).toEqual([
      {
        kind: 'registering',
        id: 'provider',
        host: 'sip.example.com',
        port: 5060,
        transport: 'udp',
        encryption: 'off',
        identity: 'from',
        diversion: 'none',
        username: 'office',
        password: 'x',
      },
      {
        kind: 'address',
        id: 'old-pbx',
        host: '192.0.2.7',
        port: 5060,
        transport: 'udp',
        encryption: 'off',
        identity: 'from',
        diversion: 'none',
        addresses: ['192.0.2.7'],
        account: '+493012345',
      },
    ]);
  });

  it('send all that a trunk has for its provider by way of a proxy, as whom the password belongs to', () => {
    const change = { authName: 'office@provider', proxy: 'proxy.example.com', transport: 'tls' } as const;
    const trunks = settings.trunks.flatMap((trunk) => (trunk.kind === 'registering' ? [{ ...trunk, ...change }] : []));
    expect(toTrunkAccounts({ ...settings, trunks })).toMatchObject([
      {
        ...{ host: 'sip.example.com', username: 'office', authName: 'office@provider' },
        proxy: { host: 'proxy.example.com', port: 5061 },
      },
    ]);
  });

  it('reach a trunk without a port of its own at the usual one of its transport', () => {
    const portsOver = (transport: 'udp' | 'tcp' | 'tls') => {
      const trunks = settings.trunks.map((trunk) =>
        trunk.kind === 'analog' ? trunk : { ...trunk, port: null, transport },
      );
      return toTrunkAccounts({ ...settings, trunks }).map(({ port }) => port);
    };
    expect((['udp', 'tcp', 'tls'] as const).map(portsOver)).toEqual([
      [5060, 5060],
      [5060, 5060],
      [5061, 5061],
    ]);
  });

  it('know PINs only of those who have one', () => {
    expect(toPinHashes(settings).size).toBe(0);
  });
});
