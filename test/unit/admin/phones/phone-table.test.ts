import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { phoneTableOperations } from '../../../../src/admin/phones/phone-table-operations.js';
import { run as runIn, SettingsTestBox } from '../settings/settings-box.js';

let box: SettingsTestBox;
beforeEach(async () => {
  box = await SettingsTestBox.open();
});
afterEach(() => box.close());

const run = (name: string, input: object = {}) => runIn(phoneTableOperations, box, name, input);
const imported = (table: string, more: object = {}) => run('phones import', { table, basis: null, ...more });
const secrets = () => box.present.phones.map(({ secret }) => secret);

describe('a table of phones', () => {
  it('says nothing new when it comes back as it was', async () => {
    const before = box.present;
    expect(await imported(String(await run('phones export')))).toMatchObject({ added: [], changed: [], secrets: [] });
    expect(box.present.phones).toEqual(before.phones);
  });

  it('makes fifty phones at once, each with a secret of its own that is shown this once', async () => {
    const rows = Array.from(
      { length: 50 },
      (_, index) => `00-15-65-00-00-${(index + 16).toString(16)};Yealink;101 102`,
    );
    const answer = Object(await imported(['mac;model;extension', ...rows].join('\r\n')));
    expect(answer.added).toHaveLength(50);
    expect(new Set(answer.secrets.map(({ secret }: { readonly secret: string }) => secret)).size).toBe(50);
    expect(box.present.phones.at(-1)).toMatchObject({
      ...{ id: '001565000041', model: 'yealink', extensions: ['101', '102'], secret: answer.secrets.at(-1).secret },
    });
    expect(JSON.stringify([await run('phones export'), box.facts])).not.toContain(answer.secrets[0].secret);
  });

  it('changes what it says of a phone that is there, and nothing else of it', async () => {
    const [first, second] = secrets();
    const table = 'mac,extension,name\n0015.65aa.bbcc,102,Reception\n000B82AABBCC,101,\n';
    expect(await imported(table)).toMatchObject({ added: [], changed: ['001565aabbcc', '000b82aabbcc'], secrets: [] });
    expect(box.present.phones).toMatchObject([
      { extensions: ['102'], name: 'Reception', buttons: [{}, {}, {}], secret: first },
      { extensions: ['101'], onLift: { kind: 'call' }, secret: second },
    ]);
  });

  it('can be tried out, and then makes no secret', async () => {
    const before = box.present;
    const table = 'mac,model,extension\n001565000001,yealink,101\n';
    expect(await imported(table, { dryRun: true })).toMatchObject({ added: ['001565000001'], secrets: [] });
    expect(box.present).toEqual(before);
  });

  it('is taken as a whole or not at all, with line and column of each mistake', async () => {
    const before = box.present;
    const table = 'mac,model,extension\n001565000001,nokia,101\nreception,yealink,101\n001565000003,yealink,999\n';
    await expect(imported(table)).rejects.toMatchObject({
      problem: { code: 'settings.table.invalid' },
      faults: [{ path: 'lines[2].model' }, { path: 'lines[3].mac' }, { path: 'lines[4].extension[0]' }],
    });
    await expect(imported('model\nyealink\n')).rejects.toMatchObject({
      problem: { code: 'settings.table.noKey', params: { column: 'mac' } },
    });
    await expect(imported('mac,secret\n001565000001,x\n')).rejects.toMatchObject({
      faults: [{ path: 'lines[1].secret', code: 'settings.fault.unknownKey' }],
    });
    expect(box.present).toEqual(before);
  });
});
