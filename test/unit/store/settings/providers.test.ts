import { describe, expect, test } from 'vitest';
import { providers, providerTemplates } from '../../../../src/primitives/providers.js';
import { parseSettings } from '../../../../src/store/settings/settings-file.js';
import { sampleFile } from './sample-settings.js';

const ofKind = {
  registering: { username: '4930123450', password: 'secret of the trunk' },
  address: { addresses: ['192.0.2.9'] },
};

describe.each(providers.map((provider) => [provider, providerTemplates[provider]] as const))(
  'what is known of %s',
  (_provider, { ways, host, ...known }) => {
    test('is a trunk once the rest is filled in', () => {
      expect(ways.length).toBeGreaterThan(0);
      for (const kind of ways) {
        const filled = { kind, id: 'provider', name: 'Provider', prefix: '0', inbound: { extension: '101' } };
        const trunk = { ...filled, ...known, ...ofKind[kind], host: host ?? '192.0.2.9' };
        const { trunks } = parseSettings('settings.json', JSON.stringify({ ...sampleFile(), trunks: [trunk] }));
        expect(trunks).toMatchObject([trunk]);
      }
    });
  },
);
