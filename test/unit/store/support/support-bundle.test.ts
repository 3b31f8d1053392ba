import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { secretKeys } from '../../../../src/store/files/file-faults.js';
import { NotAFile } from '../../../../src/store/files/regular-file.js';
import { type Settings, settingsSchema } from '../../../../src/store/settings/settings-schema.js';
import { type SupportState, supportBundle } from '../../../../src/store/support/support-bundle.js';
import { certificateTwo } from '../../../support/certificates.js';
import { fillFolder } from '../backup/samples.js';
import { sampleFile } from '../settings/sample-settings.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-support-'));
});
afterEach(() => rm(folder, { recursive: true }));

const facts = {
  ...{ modcall: '0.1.0', hardwareId: 'TEST-ID', board: 'simulator', node: 'v20', kernel: '6.1' },
  ...{ uptimeSeconds: 60, memoryBytes: 1, created: '2026-03-04T12:00:00.000Z', troubles: ['boardFaulty'] },
};

const state: SupportState = {
  state: { calls: 1 },
  registrations: [{ extension: '101', phones: 2, unresponsive: 1 }],
  trunks: [{ id: 'provider', isUp: false }],
  board: { title: 'Simulator' },
};

const bundleOf = (settings: Settings, given = facts, numbers: 'masked' | 'shown' = 'masked') =>
  supportBundle(folder, settings, given, state, numbers);

async function writeLog(...lines: readonly object[]): Promise<void> {
  await mkdir(join(folder, 'log'), { recursive: true });
  await writeFile(join(folder, 'log', 'modcall.log'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

test('has no secret, no name of a person and no number from outside, wherever it stands', async () => {
  await fillFolder(folder, 7);
  const raw = sampleFile();
  const settings = settingsSchema.parse({
    ...raw,
    extensions: raw.extensions.map((each, n) => ({
      ...each,
      name: `Planted ${n}`,
      password: `planted password ${n}`,
      pin: `$scrypt$ln=14,r=8,p=1$${'A'.repeat(22)}$${'B'.repeat(43)}`,
    })),
    exclusions: { extensions: ['101'], numbers: ['+49309998887'] },
    sip: { publicAddress: 'planted.example' },
  });
  const text = JSON.stringify(await bundleOf(settings, { ...facts, planted: 'x' } as typeof facts));
  for (const secret of ['lanted', 'scrypt', 'office', '4930', 'AAAA', 'licence 7', 'admin 7', 'OPENSSH', 'the record'])
    expect(text, secret).not.toContain(secret);
  expect(JSON.parse(text)).toMatchObject({
    facts: { hardwareId: 'TEST-ID', troubles: ['boardFaulty'] },
    settings: { extensions: [{ number: '100', hasPin: true }, {}, {}], exclusions: { extensions: 1, numbers: 1 } },
    log: ['the log'],
    registrations: [{ extension: '101', phones: 2, unresponsive: 1 }],
    trunks: [{ id: 'provider', isUp: false }],
  });
});

test('shows the end of a long log in whole lines, without the one-time codes', async () => {
  await mkdir(join(folder, 'log'));
  const lines = Array.from({ length: 40_000 }, (_, n) => `line ${n} of a log that is long`);
  lines.push('{"code":"1234-5678-9012","msg":"this one-time code sets the password of an admin"}');
  await writeFile(join(folder, 'log', 'modcall.log'), `${lines.join('\n')}\n`);
  const { log } = await bundleOf(settingsSchema.parse(sampleFile()));
  expect(log.at(-1)).toContain('****-****-****');
  expect(log.at(-2)).toBe('line 39999 of a log that is long');
  expect(log[0]).toMatch(/^line \d+ of/);
  expect(log.join('\n').length).toBeLessThanOrEqual(1024 * 1024);
});

test('has no name of a user, nor the one that an outside caller shows, which no settings know', async () => {
  await writeLog(
    { monitoring: { type: 'attempt', session: 1, on: 'phone', by: 'planted.user' }, msg: 'attempt' },
    { event: { type: 'monitorAskedFor', by: 'planted "user"', rights: ['user planted.user', 'token ab'] } },
    { event: { type: 'incoming', caller: { number: '0301', name: 'Planted Caller', known: [] } } },
    { command: { kind: 'dial', callerId: { number: '', name: 'Listening Planted' } } },
    { command: { kind: 'play', playback: { id: 'a', items: [{ kind: 'prompt', name: 'enter-pin' }] } } },
  );
  const { log } = await bundleOf(settingsSchema.parse(sampleFile()));
  expect(log.join()).not.toMatch(/planted/i);
  expect(log.map((line) => JSON.parse(line))).toMatchObject([
    { monitoring: { type: 'attempt', session: 1, by: '(hidden)' } },
    { event: { type: 'monitorAskedFor', rights: ['user (hidden)', 'token ab'] } },
    { event: { caller: { name: '(hidden)' } } },
    { command: { kind: 'dial' } },
    { command: { playback: { items: [{ name: 'enter-pin' }] } } },
  ]);
});

test('does not wait for what is no file in place of the log', async () => {
  await mkdir(join(folder, 'log', 'modcall.log'), { recursive: true });
  await expect(bundleOf(settingsSchema.parse(sampleFile()))).rejects.toThrow(NotAFile);
});

test('is there without a log', async () => {
  expect((await bundleOf(settingsSchema.parse(sampleFile()))).log).toEqual([]);
});

/** Where the schema of the settings has something secret: `extensions.password`. */
function secretPlaces(schema: unknown, path: readonly string[] = []): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, ...rest } = schema as { readonly properties?: Readonly<Record<string, unknown>> };
  const here = Object.entries(properties).flatMap(([name, inner]) =>
    secretKeys.has(name) ? [[...path, name].join('.')] : secretPlaces(inner, [...path, name]),
  );
  return [...here, ...Object.values(rest).flatMap((inner) => secretPlaces(inner, path))];
}

test('has no secret that the schema of the settings knows, even where the log has it', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'abcXYZ089$.*+?()[]{}|^-/\\"ä €'), minLength: 12, maxLength: 40 });
  const base64 = (length: number) => fc.base64String({ minLength: length, maxLength: length });
  const planted = fc.record({
    'extensions.password': text,
    'extensions.pin': fc.constant(`$scrypt$ln=14,r=8,p=1$${'C'.repeat(22)}$${'D'.repeat(43)}`),
    'trunks.password': text,
    'phones.secret': fc.stringMatching(/^[\w-]{43}$/),
    'trunks.tls.clientKey': fc.constant(certificateTwo.key),
    'webhooks.secret': base64(40).map((key) => `whsec_${key}`),
  });
  const places = secretPlaces(z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' }));
  await fc.assert(
    fc.asyncProperty(planted, async (secrets) => {
      expect(Object.keys(secrets).sort()).toEqual([...new Set(places)].sort());
      const raw = sampleFile();
      const settings = settingsSchema.parse({
        ...raw,
        extensions: raw.extensions.map((each, n) => ({
          ...each,
          ...(n === 0 ? { password: secrets['extensions.password'], pin: secrets['extensions.pin'] } : {}),
        })),
        trunks: raw.trunks.map((each) =>
          each.kind === 'registering'
            ? {
                ...each,
                password: secrets['trunks.password'],
                tls: { certificate: certificateTwo.certificate, clientKey: secrets['trunks.tls.clientKey'] },
              }
            : each,
        ),
        phones: raw.phones.map((each, n) => (n === 0 ? { ...each, secret: secrets['phones.secret'] } : each)),
        webhooks: raw.webhooks.map((each) => ({ ...each, secret: secrets['webhooks.secret'] })),
      });
      await writeLog(...Object.values(secrets).map((secret) => ({ msg: `slipped into the log: ${secret}!`, secret })));
      const bundle = await bundleOf(settings, facts, 'shown');
      for (const secret of Object.values(secrets))
        for (const form of [secret, JSON.stringify(secret).slice(1, -1)])
          expect(JSON.stringify(bundle).includes(JSON.stringify(form).slice(1, -1)), form).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test('tells numbers from outside apart without showing them, unless somebody wants that', async () => {
  const settings = settingsSchema.parse(sampleFile());
  await writeLog(
    {
      time: '2026-03-04T12:00:00.000Z',
      msg: 'callStarted',
      note: { from: '+4930987654', to: '101' },
      afterMs: 1234567,
    },
    { msg: 'sip:030987654@192.0.2.7:5060 and "+4930987654", Anna and Annabel' },
  );
  const { log } = await bundleOf(settings);
  expect(log).toEqual([
    '{"time":"2026-03-04T12:00:00.000Z","msg":"callStarted","note":{"from":"(number 1)","to":"101"},"afterMs":1234567}',
    '{"msg":"sip:(number 2)@192.0.2.7:5060 and \\"(number 1)\\", (hidden) and Annabel"}',
  ]);
  expect(JSON.stringify(await bundleOf(settings, facts, 'shown'))).toContain('+4930987654');
});
