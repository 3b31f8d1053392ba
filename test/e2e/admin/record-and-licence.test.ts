import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { BoxAdmin } from '../../support/box-admin.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { foreignTo, Vendor } from '../../support/vendor.js';
import { until } from '../../support/waiting.js';

const port = 18_446;

interface State {
  readonly hardwareId: string;
  readonly isLicensed: boolean;
}

describe('licence and record of the running box, by the API', () => {
  let vendor: Vendor;
  let office: RunningOffice;
  let api: BoxAdmin;

  beforeAll(async () => {
    vendor = await Vendor.open();
    ({ office, admin: api } = await officeWithAdmin(port, {}, ['100', '109', '101', '102'], {
      program: vendor.program,
      board: 'modcall-hat',
    }));
  });
  afterAll(async () => {
    api.close();
    await office.close();
    await vendor.close();
  });

  const state = async () => (await api.ask('GET', '/api/state')).body as State;
  const keyFor = async (name: string, hardwareId: string) =>
    readFile(await vendor.issue(name, '--kind', 'bought', '--hardware-id', hardwareId), 'utf8');

  it('open monitoring with a key for this box, and with none for another', async () => {
    const { hardwareId, isLicensed } = await state();
    expect(isLicensed).toBe(false);
    const order = await api.ask('GET', '/api/licence/order');
    expect(order).toMatchObject({ status: 200, body: { hardwareId, presentLicence: null } });
    const foreign = await api.ask('PUT', '/api/licence', { key: await keyFor('foreign', foreignTo(hardwareId)) }, '*');
    expect(foreign).toMatchObject({ status: 422, body: { code: 'licence.refusal.otherBox' } });
    expect((await state()).isLicensed).toBe(false);
    const own = await keyFor('own', hardwareId);
    expect(await api.ask('PUT', '/api/licence', { key: own }, '*')).toMatchObject({
      status: 200,
      body: { isAllowed: true, kind: 'bought', members: 40 },
    });
    await until('monitoring to be open', async () => (await state()).isLicensed);
    await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    moderator.hangUp();
    await until('the end to be recorded', async () => (await office.recorded('dialogueEnded')).length === 1);
    const written = JSON.stringify([office.appliance.log, await office.appliance.audit()]);
    expect(written).not.toContain(own.trim().split('\n')[0]);
  });

  it('verify the record, and give it away as a file that the command verifies', async () => {
    const listed = await api.ask('GET', '/api/audit?type=started&member=101');
    expect(listed).toMatchObject({
      status: 200,
      body: { entries: [{ fact: { type: 'started', moderator: '100', member: '101' } }], next: null },
    });
    expect(await api.ask('POST', '/api/audit/verify', {})).toMatchObject({ status: 200, body: { ok: true } });
    const { status, body } = await api.ask('GET', '/api/audit/export');
    expect(status).toBe(200);
    const path = join(office.appliance.folder, 'export.jsonl');
    await writeFile(path, String(body));
    const { code, said } = await office.appliance.command('audit', 'verify', path);
    expect(said).toContain((await state()).hardwareId);
    expect(code).toBe(0);
    await writeFile(path, String(body).replace('"member":"101"', '"member":"102"'));
    expect((await office.appliance.command('audit', 'verify', path)).code).toBe(1);
    expect((await office.recorded('auditExported')).length).toBe(1);
  });

  it('hand out a program in one file, which verifies an export where there is nothing of Modcall', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'modcall-elsewhere-'));
    onTestFinished(() => rm(elsewhere, { recursive: true }));
    const take = async (route: string, name: string) => {
      const { status, body } = await api.ask('GET', `/api/audit/${route}`);
      expect(status).toBe(200);
      await writeFile(join(elsewhere, name), body as Buffer | string);
    };
    await take('verifier', 'modcall-verify.mjs');
    await take('checkpoint', 'checkpoint.txt');
    await take('export', 'record.jsonl');
    const verify = (...words: readonly string[]) =>
      new Promise<{ code: number | null; said: string }>((resolve) => {
        const place = { cwd: elsewhere, env: { LANG: 'en_GB.UTF-8' } };
        const child = execFile(process.execPath, ['modcall-verify.mjs', ...words], place, (_, out, err) =>
          resolve({ code: child.exitCode, said: out + err }),
        );
      });
    const sound = await verify('record.jsonl', '--checkpoint', 'checkpoint.txt');
    expect(sound).toMatchObject({ code: 0, said: expect.stringContaining('It goes on from the checkpoint of') });
    const record = await readFile(join(elsewhere, 'record.jsonl'), 'utf8');
    await writeFile(join(elsewhere, 'changed.jsonl'), record.replace('"member":"101"', '"member":"102"'));
    expect(await verify('changed.jsonl', '--json')).toMatchObject({ code: 1 });
    expect(await verify('record.jsonl', '--table', 'record.csv')).toMatchObject({ code: 0 });
    const table = await readFile(join(elsewhere, 'record.csv'), 'utf8');
    const [head = '', ...rows] = table.trimEnd().split('\r\n');
    expect(head).toMatch(/^Entry,Time \(UTC\),Clock,What happened,moderator,member,other party,profile,/);
    expect(rows).toHaveLength(record.trimEnd().split('\n').length - 1);
    expect(rows).toContainEqual(expect.stringMatching(/,listening began,100,101,102,/));
    expect(await verify('record.jsonl', '--table', 'record.csv')).toMatchObject({ code: 3 });
    expect(await verify('changed.jsonl', '--table', 'changed.csv')).toMatchObject({ code: 1 });
    expect(await readdir(elsewhere)).not.toContain('changed.csv');
    const lines = record.split('\n');
    await writeFile(join(elsewhere, 'cut.jsonl'), `${lines.slice(0, -2).join('\n')}\n`);
    expect(await verify('cut.jsonl')).toMatchObject({ code: 1, said: expect.stringContaining('cut off') });
    await take('checkpoint', 'later.txt');
    const behind = { code: 1, said: expect.stringContaining('export it anew and verify that') };
    expect(await verify('record.jsonl', '--checkpoint', 'later.txt')).toMatchObject(behind);
    expect(await verify('none.jsonl')).toMatchObject({ code: 3, said: expect.stringContaining('none.jsonl') });
    expect(await verify()).toMatchObject({ code: 2, said: expect.stringContaining('node modcall-verify.mjs') });
  });
});
