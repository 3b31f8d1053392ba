import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
});
