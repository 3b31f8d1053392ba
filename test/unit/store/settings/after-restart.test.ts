import { expect, test } from 'vitest';
import { jsonSchema } from '../../../../src/admin/schema.js';
import { afterRestart, readAtStart } from '../../../../src/store/settings/after-restart.js';
import { settingsSchema } from '../../../../src/store/settings/settings-schema.js';
import { sampleSettings } from './sample-settings.js';

test('nothing but where SIP listens and what phones are told of it needs a restart', () => {
  expect(readAtStart).toEqual([
    'sip.address',
    'sip.port',
    'sip.transports',
    'sip.tlsPort',
    'sip.realm',
    'sip.publicAddress',
  ]);
});

test('what is not as it was at the start waits for one', () => {
  const started = sampleSettings();
  const present = { ...started, country: 'gb' as const, sip: { ...started.sip, port: 5070, digest: ['MD5' as const] } };
  expect(afterRestart(started, present)).toEqual(['sip.port']);
  expect(afterRestart(started, { ...started, sip: { ...started.sip, publicAddress: 'example.com' } })).toEqual([
    'sip.publicAddress',
  ]);
  expect(afterRestart(started, started)).toEqual([]);
});

test('the document of the API says so too', () => {
  const { properties } = jsonSchema(settingsSchema, 'input').properties?.sip ?? {};
  const marked = Object.entries(properties ?? {}).flatMap(([key, schema]) =>
    Reflect.get(schema, 'x-takes-effect') === 'after restart' ? [`sip.${key}`] : [],
  );
  expect(marked).toEqual(readAtStart);
});
