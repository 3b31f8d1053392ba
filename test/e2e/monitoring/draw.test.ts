import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { extensionNumber } from '../../../src/primitives/ids.js';
import { ApiClient } from '../../support/api.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';
import { signaturesOf, terms } from '../../support/works-agreement.js';

const port = 18_611;
const members = ['101', '102', '103', '104'];
const document = {
  format: 'modcall-agreement-1',
  version: 1,
  previous: null,
  ...terms,
  purposes: [terms.purposes[0], { digit: '2', id: 'quality', name: 'Quality', byDraw: true }],
  listening: [{ moderators: [extensionNumber('100')], members: members.map(extensionNumber) }],
};

const run = promisify(execFile);

describe('for a purpose by draw', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;
  let moderator: ApiClient;

  beforeAll(async () => {
    ({ office, admin } = await officeWithAdmin(port, {}, ['100', ...members]));
    const signatures = signaturesOf(document, 'employer', 'council');
    expect((await admin.ask('PUT', '/api/agreement', { document, signatures })).status).toBe(200);
    const mona = { name: 'mona', password: 'four plain words here' };
    const user = { password: mona.password, roles: ['moderator'], language: 'en', extension: '100' };
    expect((await admin.ask('PUT', '/api/users/mona', user, '*')).status).toBe(200);
    moderator = new ApiClient(port);
    await moderator.ask('POST', '/api/session', mona);
  });
  afterEach(() => office.hangUp());
  afterAll(async () => {
    admin.close();
    moderator.close();
    await office.close();
  });

  const moderate = (keys: string) => office.moderate('100', `${pins[100]}#${keys}`);
  const untilDrawn = (times: number) =>
    until(
      () => `${times} draws in the record:\n${office.appliance.logTail()}`,
      async () => {
        const drawn = await office.recorded('drawn');
        return drawn.length >= times && drawn;
      },
    );
  /** The two ends of the call in which this member is: 101 talks to 102, and 103 to 104. */
  const callOf = (member: unknown) => (member === '101' || member === '102' ? ['101', '102'] : ['103', '104']);
  const hears = (call: readonly string[]) => ({
    present: call.map(toneOf),
    absent: members.filter((number) => !call.includes(number)).map(toneOf),
  });

  it('the box draws whom a moderator hears who keys #, and chooses nobody for a number, * or 0', async () => {
    await office.talk('101', '102');
    await office.talk('103', '104');
    const leg = await moderate('2');
    await leg.pressKeys('103#', 'rfc4733');
    await office.untilRefused('drawOnly');
    await untilHears('moderator', leg, { present: [], absent: members.map(toneOf) });
    await leg.pressKeys('#', 'rfc4733');
    const [drawn] = await untilDrawn(1);
    const call = callOf(drawn?.member);
    await untilHears('moderator', leg, hears(call));
    await leg.pressKeys('*', 'rfc4733');
    await office.untilRefused('drawStands');
    await leg.pressKeys('0', 'rfc4733');
    await office.untilRefused('drawOnly', 2);
    await untilHears('moderator', leg, hears(call));
    const [begun] = await office.recorded('drawBegun');
    // 104 is in no group of members.
    expect(begun?.candidates).toMatchObject([{ member: '101' }, { member: '102' }, { member: '103' }]);
  });

  it('whoever leaves the call and dials in again gets it again, and another one once it is over', async () => {
    const known = (await office.recorded('drawn')).length;
    const first = await office.talk('101', '102');
    const leg = await moderate('2#');
    await untilDrawn(known + 1);
    await untilHears('moderator', leg, hears(['101', '102']));
    await office.talk('103', '104');
    await leg.pressKeys('##', 'rfc4733');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const again = await moderate('2#');
      await untilHears('moderator', again, hears(['101', '102']));
      again.hangUp();
    }
    expect(await office.recorded('drawn')).toHaveLength(known + 1);
    first.caller.hangUp();
    await office.untilRecorded('drawEnded');
    await until('the end of the draw', async () =>
      (await office.recorded('drawEnded')).some(({ outcome }) => outcome === 'moderatorLeft'),
    );
    await leg.pressKeys('#', 'rfc4733');
    await untilDrawn(known + 2);
    await untilHears('moderator', leg, hears(['103', '104']));
  });

  it('so it is by the API: a call or member that is named is refused, and without one the box draws', async () => {
    const known = (await office.recorded('drawn')).length;
    await office.talk('101', '102');
    const begin = (order: object) =>
      moderator.ask('POST', '/api/monitors', { purpose: 'quality', pin: pins[100], ...order });
    expect(await begin({ member: '101' })).toMatchObject({ status: 409, body: { code: 'live.refused.drawOnly' } });
    expect((await begin({})).status).toBe(200);
    const phone = await office.phone('100').answer();
    await untilDrawn(known + 1);
    await untilHears('moderator', phone, hears(['101', '102']));
    expect(await begin({ pin: null })).toMatchObject({ status: 409, body: { code: 'live.refused.drawStands' } });
  });

  it('each draw can be calculated anew from the exported record, also by the program in a single file', async () => {
    const { folder } = office.appliance;
    const record = join(folder, 'record.exported');
    const exported = await admin.ask('GET', '/api/audit/export');
    expect(exported.status).toBe(200);
    await writeFile(record, exported.body as Buffer | string);
    const verifier = join(import.meta.dirname, '../../../dist/verifier/modcall-verify.mjs');
    const drawn = await office.recorded('drawn');
    const { stdout } = await run(process.execPath, [verifier, record, '--draws', '--json']);
    const [verified, ...draws] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(verified).toMatchObject({ ok: true });
    expect(draws).toMatchObject(drawn.map(({ draw, member, index }) => ({ draw, member, index, result: 'right' })));
    expect(draws.length).toBeGreaterThanOrEqual(4);
  });

  it('a power cut ends a draw with its call, and the record stays whole', async () => {
    const known = (await office.recorded('drawn')).length;
    await office.talk('101', '102');
    const leg = await moderate('2#');
    await untilDrawn(known + 1);
    await untilHears('moderator', leg, hears(['101', '102']));
    await office.powerCut();
    await office.talk('103', '104');
    const again = await moderate('2#');
    await untilDrawn(known + 2);
    await untilHears('moderator', again, hears(['103', '104']));
    await admin.signIn(office.appliance);
    expect(Object((await admin.ask('POST', '/api/audit/verify')).body)).toMatchObject({ ok: true });
  });
});
