import { copyFile, cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgreementDocument } from '../../../src/agreement/document.js';
import { ApiClient } from '../../support/api.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';
import { signatureOf, signaturesOf, terms } from '../../support/works-agreement.js';

const port = 18_474;
/** One test after the other: each finds what those before it have signed. */
describe('a works agreement', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;
  let council: ApiClient;

  beforeAll(async () => {
    ({ office, admin } = await officeWithAdmin(port, {}, ['100', '109', '101', '102', '103']));
    const clara = { name: 'clara', password: 'four plain words here' };
    const user = { password: clara.password, roles: ['council'], language: 'en' };
    expect((await admin.ask('PUT', '/api/users/clara', user, '*')).status).toBe(200);
    council = new ApiClient(port);
    await council.ask('POST', '/api/session', clara);
  });
  afterAll(async () => {
    admin.close();
    council.close();
    await office.close();
  });

  const shown = async () => Object((await council.ask('GET', '/api/agreement')).body);
  const propose = async (change: object) => {
    const { status, body } = await admin.ask('POST', '/api/agreement/proposal', { ...terms, ...change });
    expect({ status, body }).toMatchObject({ status: 200 });
    return Object(body).document as AgreementDocument;
  };
  const sign = (client: ApiClient, document: AgreementDocument, signer: 'employer' | 'council') =>
    client.ask('POST', '/api/agreement/proposal/signatures', { signer, signature: signatureOf(document, signer) });
  const refusals = async (type: string) => (await office.recorded(type)).map(({ reason }) => reason);
  const hears = (of: readonly string[]) => ({ present: of.map(toneOf), absent: [toneOf('100')] });

  it('is none at first: the box says so, and asks for no purpose', async () => {
    expect(await shown()).toMatchObject({ state: 'none', document: null, proposal: null });
    await office.listening();
    await office.hangUp();
    const [started] = await office.recorded('started');
    expect(started).not.toHaveProperty('purpose');
  });

  it('comes into force with the second signature, and not by the admin alone', async () => {
    const document = await propose({});
    expect(Object((await sign(admin, document, 'employer')).body)).toEqual({ isInForce: false });
    const forged = await admin.ask('POST', '/api/agreement/proposal/signatures', {
      signer: 'council',
      signature: signatureOf(document, 'employer'),
    });
    expect(forged.status).toBe(409);
    expect(await shown()).toMatchObject({ state: 'none', proposal: { signedBy: ['employer'], needed: 2 } });
    expect(Object((await sign(council, document, 'council')).body)).toEqual({ isInForce: true });
    expect(await shown()).toMatchObject({ state: 'inForce', document, proposal: null });
    expect(await refusals('agreementRefused')).toEqual(['badSignature']);
  });

  it('lets a moderator hear a call only after a purpose was keyed, which every entry names', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#`);
    await moderator.pressKeys('9', 'rfc4733');
    await office.untilRefused('noPurpose');
    await moderator.pressKeys('2101#', 'rfc4733');
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] });
    await moderator.pressKeys('8', 'rfc4733');
    await office.untilRefused('modeNotAllowed');
    await moderator.pressKeys('6', 'rfc4733');
    await untilHears('member', caller, { present: [toneOf('102'), toneOf('100')], absent: [] });
    expect(callee.state).toBe('talking');
    await office.hangUp();
    const { hash } = await shown();
    await until('the end in the record', async () => (await office.recorded('ended')).length === 2);
    const entries = await office.appliance.audit();
    const [second] = entries.filter(({ fact }) => fact.type === 'started' && fact.purpose === 'complaint');
    const later = entries.filter(({ seq, fact }) => seq >= (second?.seq ?? 0) && fact.session === second?.fact.session);
    expect(new Set(later.map(({ fact }) => fact.purpose))).toEqual(new Set(['complaint']));
    expect(new Set(later.map(({ agreement }) => agreement))).toEqual(new Set([hash]));
  });

  it('lets nobody listen to whom it does not name, whatever profile and settings say', async () => {
    await office.talk('101', '103');
    const stranger = await office.moderate('109', `${pins[109]}#1`);
    await stranger.pressKeys('101#', 'rfc4733');
    await office.untilRefused('notAgreed');
    const lead = await office.moderate('100', `${pins[100]}#1101#`);
    await office.untilRefused('notAgreed', 2);
    for (const each of [stranger, lead])
      await untilHears('moderator', each, { present: [], absent: [toneOf('101'), toneOf('103')] });
    await office.hangUp();
  });

  it('is tightened by the council alone, in the middle of a call', async () => {
    const { caller } = await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#1101#6`);
    await untilHears('member', caller, { present: [toneOf('102'), toneOf('100')], absent: [] });
    const document = await propose({ modes: [] });
    expect(await shown()).toMatchObject({
      proposal: { needed: 1, differences: [{ field: 'modes', direction: 'tightening', less: ['whisper', 'barge'] }] },
    });
    expect(Object((await sign(council, document, 'council')).body)).toEqual({ isInForce: true });
    await untilHears('member', caller, hears(['102']));
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    await office.hangUp();
  });

  it('is not loosened by the employer alone, nor replaced by an older one, and the record says who tried', async () => {
    const document = await propose({ modes: ['whisper'] });
    expect(Object((await sign(admin, document, 'employer')).body)).toEqual({ isInForce: false });
    const alone = { document, signatures: signaturesOf(document, 'employer') };
    expect((await admin.ask('PUT', '/api/agreement', alone)).status).toBe(409);
    const { entries } = Object((await council.ask('GET', '/api/agreement/history')).body);
    const { document: oldest, signatures } = entries[0];
    expect((await admin.ask('PUT', '/api/agreement', { document: oldest, signatures })).status).toBe(409);
    expect(await shown()).toMatchObject({ state: 'inForce', document: { version: 2, modes: [] } });
    expect(await refusals('agreementRefused')).toEqual(['badSignature', 'needsBoth', 'olderVersion']);
  });

  it('that asks for announced periods closes until one was announced in time', async () => {
    const document = await propose({ modes: [], periods: { daysAhead: 3, mostDays: 10, gapDays: 2 } });
    await sign(council, document, 'council');
    await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#1101#`);
    await office.untilRefused('outsidePeriod');
    const day = 24 * 3_600_000;
    const wish = (from: number, to: number) => ({
      members: ['101', '102'],
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    });
    const now = Date.now();
    for (const [from, to] of [
      [now - day, now + day],
      [now + day, now + 2 * day],
      [now + 4 * day, now + 15 * day],
    ] as const)
      expect((await admin.ask('POST', '/api/periods', wish(from, to))).status).toBe(409);
    expect((await admin.ask('POST', '/api/periods', wish(now + 4 * day, now + 9 * day))).status).toBe(200);
    expect(await refusals('periodRefused')).toEqual(['periodTooSoon', 'periodTooSoon', 'periodTooLong']);
    await moderator.pressKeys('101#', 'rfc4733');
    await office.untilRefused('outsidePeriod', 2);
    expect(Object((await council.ask('GET', '/api/periods')).body).entries).toHaveLength(1);
    await office.hangUp();
  });

  it('outlives a power cut, and an older one put back on the disk closes monitoring until the last one is back', async () => {
    const { folder } = office.appliance;
    const { hash, document } = await shown();
    const { entries } = Object((await council.ask('GET', '/api/agreement/history')).body);
    await office.powerCut();
    await admin.signIn(office.appliance);
    await council.ask('POST', '/api/session', { name: 'clara', password: 'four plain words here' });
    expect(await shown()).toMatchObject({ state: 'inForce', hash, document });
    await cp(join(folder, 'agreement.json'), join(folder, 'agreement.old'));
    const looser = await propose({ periods: null });
    await sign(admin, looser, 'employer');
    await sign(council, looser, 'council');
    const last = await shown();
    await office.appliance.stop();
    await copyFile(join(folder, 'agreement.old'), join(folder, 'agreement.json'));
    await office.restart();
    await admin.signIn(office.appliance);
    await council.ask('POST', '/api/session', { name: 'clara', password: 'four plain words here' });
    expect(await shown()).toMatchObject({ state: 'lost', document: null });
    await office.untilRecorded('agreementLost');
    await office.call('100', '*55');
    await office.untilRefused('agreementLost');
    expect((await admin.ask('PUT', '/api/agreement', { document, signatures: entries.at(-1).signatures })).status).toBe(
      409,
    );
    const back = {
      document: looser,
      signatures: signaturesOf(looser, 'employer', 'council'),
    };
    expect((await admin.ask('PUT', '/api/agreement', back)).status).toBe(200);
    expect(await shown()).toMatchObject({ state: 'inForce', hash: last.hash });
    expect(Object((await council.ask('POST', '/api/agreement/verify')).body)).toMatchObject({ ok: true, documents: 4 });
    await office.hangUp();
    await rm(join(folder, 'agreement.old'));
    expect(Object((await council.ask('POST', '/api/audit/verify')).body)).toMatchObject({ ok: true });
  });
});
