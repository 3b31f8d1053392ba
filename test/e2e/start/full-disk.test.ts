import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiAnswer, ApiClient } from '../../support/api.js';
import { wavOf } from '../../support/audio/wav.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { certificateTwo } from '../../support/certificates.js';
import { canMount, SmallDisk } from '../../support/disks/small-disk.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { signatureOf, signaturesOf, terms } from '../../support/works-agreement.js';

const port = 18_468;
const passphrase = 'a passphrase for backups';
const speech = wavOf({ sampleRate: 8000, samples: new Int16Array(160) });
const person = { password: 'a few words in a row', roles: ['read'], language: 'en' };

describe.skipIf(!canMount)('a box whose disk is full', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;
  let disk: SmallDisk;
  let backup: unknown;
  let changes: readonly (readonly [method: string, path: string, body?: unknown])[];

  beforeAll(async () => {
    const furnish = async (folder: string) => {
      disk = await SmallDisk.under(folder);
    };
    ({ office, admin } = await officeWithAdmin(port, {}, ['101'], { furnish }));
    expect(await admin.ask('PUT', '/api/users/eve', person, '*')).toMatchObject({ status: 200 });
    expect(await admin.ask('PATCH', '/api/settings', { ringSeconds: 40 }, '*')).toMatchObject({ status: 200 });
    ({ body: backup } = await admin.ask('POST', '/api/backup', { passphrase }));
    changes = [
      ['PATCH', '/api/settings', { ringSeconds: 41 }],
      ['PUT', '/api/pins/100', { pin: '739146' }],
      ['POST', '/api/settings/undo', {}],
      ['PUT', '/api/users/bob', person],
      ['DELETE', '/api/users/eve'],
      ['POST', '/api/tokens', { name: 'dashboard', roles: ['read'] }],
      ['PUT', '/api/certificate', certificateTwo],
      ['PUT', '/api/prompts/en/goodbye', { wav: speech.toString('base64') }],
      ['PUT', '/api/backup-schedule', { place: 'box', passphrase }],
      ['POST', '/api/backup/upload', backup],
    ];
  });
  afterAll(async () => {
    admin.close();
    await office.appliance.kill();
    disk.remove();
    await office.close();
  });

  const ask = ([method, path, body]: (typeof changes)[number]): Promise<ApiAnswer> =>
    admin.ask(method, path, body, '*');
  const kept = ['settings', 'users', 'tokens', 'certificate', 'prompts', 'backup-schedule'] as const;
  /** All that could have changed, without the versions that a restart makes anew. */
  async function state(): Promise<unknown> {
    const answers = await Promise.all(kept.map((name) => admin.ask('GET', `/api/${name}`)));
    return answers.map(({ body }) => ({ ...(body as object), version: null, at: null, by: null }));
  }

  it('refuses whatever it cannot keep and says what to do, forgets nothing and does nothing of it, and goes on once there is room', async () => {
    const before = await state();
    disk.fill();
    for (const change of changes) {
      expect([change[1], await ask(change)]).toEqual([
        change[1],
        {
          status: 503,
          body: expect.objectContaining({
            code: expect.stringMatching(/^(?:settings\.notKept|request\.diskFails)$/),
            params: { reason: expect.stringMatching(/^ENOSPC: /) },
          }),
        },
      ]);
    }
    expect(await state()).toEqual(before);
    await disk.free();
    await office.powerCut();
    await admin.signIn(office.appliance);
    expect(await state()).toEqual(before);
    for (const change of changes)
      expect([change[1], (await ask(change)).status]).toEqual([change[1], expect.toBeOneOf([200, 204])]);
  });

  it('changes nobody’s password, whose old one goes on opening, until there is room', async () => {
    const bob = new ApiClient(port);
    const signIn = async (password: string) =>
      (await bob.ask('POST', '/api/session', { name: 'bob', password })).status;
    expect(await signIn(person.password)).toBe(200);
    const next = 'other words in a row';
    const change = () => bob.ask('PUT', '/api/own/password', { present: person.password, next });
    disk.fill();
    expect(await change()).toMatchObject({ status: 503, body: { code: 'request.diskFails' } });
    expect((await bob.ask('GET', '/api/state')).status).toBe(200);
    expect([await signIn(next), await signIn(person.password)]).toEqual([401, 200]);
    await disk.free();
    expect(await change()).toMatchObject({ status: 204 });
    expect([await signIn(person.password), await signIn(next)]).toEqual([401, 200]);
    bob.close();
  });

  it('puts no works agreement in force, and none by half, until there is room', async () => {
    const { body } = await admin.ask('POST', '/api/agreement/proposal', terms);
    const { document } = Object(body);
    const sign = (signer: 'employer' | 'council') =>
      admin.ask('POST', '/api/agreement/proposal/signatures', { signer, signature: signatureOf(document, signer) });
    expect(await sign('employer')).toMatchObject({ status: 200 });
    const whole = { document, signatures: signaturesOf(document, 'employer', 'council') };
    const shown = () => admin.ask('GET', '/api/agreement');
    const before = await shown();
    expect(before.body).toMatchObject({ state: 'none', proposal: { signedBy: ['employer'] } });
    disk.fill();
    const refused = { status: 503, body: { code: 'request.diskFails', params: { reason: expect.any(String) } } };
    expect(await sign('council')).toMatchObject(refused);
    expect(await admin.ask('PUT', '/api/agreement', whole)).toMatchObject(refused);
    expect(await shown()).toEqual(before);
    await disk.free();
    await office.powerCut();
    await admin.signIn(office.appliance);
    expect(await shown()).toEqual(before);
    expect(await sign('council')).toMatchObject({ status: 200, body: { isInForce: true } });
  });

  it('keeps what it is while a restore finds no room, and restores once there is', async () => {
    expect(await admin.ask('POST', '/api/backup/upload', backup)).toMatchObject({ status: 200 });
    const before = await state();
    disk.fill();
    const order = () => admin.ask('POST', '/api/backup/restore', { passphrase, when: 'now' });
    expect(await order()).toMatchObject({ status: 503, body: { code: 'request.diskFails' } });
    expect(await admin.ask('GET', '/api/state')).toMatchObject({ body: { restart: null } });
    expect(await state()).toEqual(before);
    await disk.free();
    expect(await order()).toMatchObject({ status: 200 });
  });
});
