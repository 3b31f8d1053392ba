import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { answerFields, authorization, type RawPhone, type RequestParts } from './support/raw-sip.js';

const callId = 'one-registration';
/** Longer than what is answered with one challenge alone, against reflection. */
const longer = [`Subject: ${'x'.repeat(300)}`];
const call: RequestParts = { method: 'INVITE', callId: 'a-call', extra: longer };

describe('a phone that gives up when it is offered an algorithm that it does not know', () => {
  let box: AnsweringEndpoint;
  let phone: RawPhone;

  beforeEach(async () => {
    box = await AnsweringEndpoint.start();
    phone = await box.phone();
  });
  afterEach(() => box.close());

  const offered = async (from: RawPhone, parts: RequestParts = {}) =>
    (await from.request({ callId, ...parts })).challenges.map(({ algorithm }) => algorithm);
  const both = ['MD5', 'SHA-256'];

  it('is offered only MD5 when it tries again, also for calls and later registrations, and is reported once', async () => {
    expect(await offered(phone)).toEqual(both);
    const { nonce, challenges } = await phone.request({ callId });
    expect(challenges.map(({ algorithm }) => algorithm)).toEqual(['MD5']);
    const password = users[0]?.password ?? '';
    const fields = answerFields({ username: 'alice', password, nonce, algorithm: 'MD5' });
    expect((await phone.request({ callId, authorization: authorization(fields) })).status).toBe(200);
    expect(await offered(phone)).toEqual(['MD5']);
    expect(await offered(phone, call)).toEqual(['MD5']);
    // A nonce is good for one answer.
    const again = await phone.request({ callId, authorization: authorization({ ...fields, nc: '00000001' }) });
    expect(again.challenges.map(({ algorithm }) => algorithm)).toEqual(['MD5']);
    await box.rejected('md5Fallback');
    expect(box.rejections.filter(({ kind }) => kind === 'md5Fallback')).toMatchObject([{ username: 'alice' }]);
  });

  it('is not one that repeats itself, answers in between, comes from elsewhere, or calls', async () => {
    const repeated = phone.compose({ callId });
    for (let times = 0; times < 2; times += 1)
      expect((await phone.exchange(repeated)).challenges.map(({ algorithm }) => algorithm)).toEqual(both);
    const { nonce } = await phone.request({ callId: 'another' });
    const fields = answerFields({ username: 'alice', password: 'wrong', nonce, algorithm: 'SHA-256' });
    await phone.request({ callId: 'another', authorization: authorization(fields) });
    expect(await offered(phone, { callId: 'another' })).toEqual(both);
    expect(await offered(await box.phone(), { callId: 'another' })).toEqual(both);
    for (let times = 0; times < 3; times += 1) expect(await offered(phone, call)).toEqual(both);
  });

  const register = async (from: RawPhone, algorithm: 'MD5' | 'SHA-256') => {
    const { nonce } = await from.request({ callId: 'its-own' });
    const password = users[0]?.password ?? '';
    const fields = answerFields({ username: 'alice', password, nonce, algorithm });
    expect((await from.request({ callId: 'its-own', authorization: authorization(fields) })).status).toBe(200);
  };

  it('is not one that is registered, so that forging its address cannot take SHA-256 from it', async () => {
    await register(phone, 'SHA-256');
    for (let times = 0; times < 3; times += 1) expect(await offered(phone)).toEqual(both);
  });

  it('is offered both again if it does not answer MD5 alone either, because its address may have been forged', async () => {
    expect(await offered(phone)).toEqual(both);
    expect(await offered(phone)).toEqual(['MD5']);
    expect(await offered(phone)).toEqual(both);
    expect(await offered(phone)).toEqual(['MD5']);
  });

  it('is remembered once it has proved itself, however many others give up', async () => {
    await offered(phone);
    await offered(phone);
    await register(phone, 'MD5');
    const others = await Promise.all(Array.from({ length: 10 }, () => box.phone()));
    for (let count = 0; count < 450; count += 1)
      await Promise.all(
        others.map((other, index) => other.request({ callId, user: `other-${count}-${index}`, extra: longer })),
      );
    expect(await offered(phone)).toEqual(['MD5']);
  });

  it('cannot be told apart from a name that nobody has', async () => {
    expect(await offered(phone, { user: 'nobody' })).toEqual(both);
    expect(await offered(phone, { user: 'nobody' })).toEqual(['MD5']);
  });

  it.each([[['SHA-256']], [['MD5']]] as const)('gets nothing else where only %j is allowed', async (algorithms) => {
    box.registrar.setUsers([{ username: 'alice', password: 'correct horse', algorithms }]);
    for (let times = 0; times < 3; times += 1) expect(await offered(phone)).toEqual(algorithms);
  });
});
