import { expect, test } from 'vitest';
import { settingsDiff } from '../../../../src/store/settings/settings-diff.js';
import { type Settings, settingsSchema } from '../../../../src/store/settings/settings-schema.js';
import { sampleFile, sampleSettings } from './sample-settings.js';

const changed = (change: (file: ReturnType<typeof sampleFile>) => void): Settings => {
  const file = sampleFile();
  change(file);
  return settingsSchema.parse(file);
};
const diff = (change: (file: ReturnType<typeof sampleFile>) => void) => settingsDiff(sampleSettings(), changed(change));

test('is empty for the same settings', () => {
  expect(settingsDiff(sampleSettings(), sampleSettings())).toEqual([]);
});

test('names the entry by its own number, wherever it stands in the list', () => {
  const change = (file: ReturnType<typeof sampleFile>) => {
    file.extensions.reverse();
    for (const extension of file.extensions) if (extension.number === '101') extension.name = 'Annemarie';
  };
  expect(diff(change)).toEqual([{ path: ['extensions', '101', 'name'], before: 'Anna', after: 'Annemarie' }]);
});

test('shows a whole entry that came or went, without its secrets', () => {
  const added = diff((file) =>
    file.extensions.push({ number: '103', name: 'Cara', password: 'a long password 3', consents: true }),
  );
  expect(added).toMatchObject([{ path: ['extensions', '103'], after: { number: '103', name: 'Cara' } }]);
  expect(JSON.stringify(added)).not.toContain('a long password');
  const removed = diff((file) => file.trunks.pop());
  expect(removed).toMatchObject([{ path: ['trunks', 'exchange'], before: { fxo: 'line1' } }]);
  expect(removed[0]).not.toHaveProperty('after');
});

test('says of a secret only that it is another one', () => {
  const change = (file: ReturnType<typeof sampleFile>) => {
    for (const extension of file.extensions) extension.password = 'quite another one';
  };
  expect(diff(change)).toEqual(
    ['100', '101', '102'].map((number) => ({ path: ['extensions', number, 'password'], secret: true })),
  );
});

test('shows of the address of a receiver only the host: what follows may be all that it asks for', () => {
  const to = (url: string) =>
    changed((file) =>
      Object.assign(file, { webhooks: [{ id: 'crm', url, events: ['calls'], secret: `whsec_${'QUJD'.repeat(8)}` }] }),
    );
  const [before, elsewhere] = [to('https://example.com/hook/T0K3N?key=T0K3N'), to('https://example.org/')];
  const added = settingsDiff({ ...sampleSettings(), webhooks: [] }, before);
  expect(added).toMatchObject([{ path: ['webhooks', 'crm'], after: { url: 'https://example.com/…' } }]);
  expect(JSON.stringify(added)).not.toContain('T0K3N');
  expect(settingsDiff(before, elsewhere)).toEqual([
    { path: ['webhooks', 'crm', 'url'], before: 'https://example.com/…', after: 'https://example.org/' },
  ]);
  expect(settingsDiff(before, to('https://example.com/hook/other'))).toEqual([
    { path: ['webhooks', 'crm', 'url'], secret: true },
  ]);
});

test('compares lists that are not tables as a whole', () => {
  expect(diff((file) => file.exclusions.numbers.push('+4930112'))).toEqual([
    { path: ['exclusions', 'numbers'], before: ['+4930110'], after: ['+4930110', '+4930112'] },
  ]);
  expect(diff((file) => file.groups.at(-1)?.members.pop())).toEqual([
    { path: ['groups', 'support', 'members'], before: ['101', '102'], after: ['101'] },
  ]);
});
