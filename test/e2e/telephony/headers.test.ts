import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { officeSettings, passwordOf } from '../../support/office.js';
import type { SipCall } from '../../support/sip/call.js';
import type { SipMessage } from '../../support/sip/message.js';
import { parameter } from '../../support/sip/message.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';

/** What a box that does all of this must say that it does, and nothing that it does not. */
const allowed = ['ACK', 'BYE', 'CANCEL', 'INFO', 'INVITE', 'OPTIONS', 'PRACK', 'REFER', 'UPDATE'];
const supported = ['100rel', 'timer'];
const timed = { 'Session-Expires': '1800', Supported: 'timer' };

/** Names of programs and machines that are nobody's business. */
const internal = /pjmedia|pjsip|pjsua|X-nat/i;

const nameOf = (message: SipMessage): string =>
  message.kind === 'request'
    ? message.method
    : `${message.status} to ${message.headers.get('CSeq')?.split(' ')[1] ?? 'nothing'}`;

const listIn = (message: SipMessage, field: string): readonly string[] =>
  message.headers
    .all(field)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .sort();

/** Everything that the box says to one phone. */
class Ear {
  readonly messages: SipMessage[] = [];

  get(name: string): SipMessage {
    const found = this.messages.findLast((message) => nameOf(message) === name);
    if (!found) throw new Error(`no ${name} among ${this.messages.map(nameOf)}`);
    return found;
  }
}

describe('what the box says, field by field', () => {
  let appliance: Appliance;
  const ears = { caller: new Ear(), callee: new Ear() };
  let caller: UserAgent;
  let callee: UserAgent;
  let incoming: SipCall | undefined;

  const open = async (number: string, ear: Ear): Promise<UserAgent> => {
    const agent = await UserAgent.open({
      server: appliance.address(),
      credentials: { username: number, password: passwordOf(number) },
      onMessage: (message) => ear.messages.push(message),
    });
    expect((await agent.register()).status).toBe(200);
    return agent;
  };

  const rings = async (headers: Readonly<Record<string, string>> = {}): Promise<SipCall> => {
    incoming = undefined;
    const call = await caller.call('102', { headers });
    await until('the phone to ring', () => incoming);
    await until('the ringing to be told', () => call.state === 'ringing');
    return call;
  };

  /** One call through everything, one that is taken back, and some that are refused. */
  beforeAll(async () => {
    appliance = await Appliance.start(await officeSettings());
    caller = await open('101', ears.caller);
    callee = await open('102', ears.callee);
    callee.onCall = (call) => {
      incoming = call;
      call.ring(180, { audio: false });
    };
    await caller.request('OPTIONS');
    const answered = await rings(timed);
    incoming?.accept();
    await until('the call to be answered', () => answered.state === 'talking');
    await answered.hold();
    await answered.resume();
    await answered.pressKeys('1', 'info');
    expect(await answered.refer('sip:777@127.0.0.1')).toBe(202);
    await until('the end of the transfer', () => answered.transferStatuses.length > 0);
    answered.hangUp();
    await until('the other side to end', () => incoming?.end);
    const cancelled = await rings();
    cancelled.hangUp();
    await until('the call to be taken back', () => cancelled.end && incoming?.end);
    const unknown = await caller.call('777');
    await until('the refusal', () => unknown.end);
    const looping = await caller.call('102', { headers: { 'Max-Forwards': '0' } });
    await until('the refusal of the loop', () => looping.end);
    expect(looping.end?.status).toBe(483);
  });
  afterAll(async () => {
    caller.close();
    callee.close();
    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
  });

  it.each(['INVITE', 'BYE', 'CANCEL'])('%s has the way there, who calls, and how many may pass it on', (method) => {
    const request = ears.callee.get(method);
    expect(request.headers.get('Max-Forwards')).toBe(method === 'INVITE' ? '69' : '70');
    expect(parameter(request.headers.get('Via'), 'branch')).toMatch(/^z9hG4bK/);
    expect(request.headers.get('From')).toMatch(/^"Person 101" <sip:101@127\.0\.0\.1>;tag=\S+$/);
    expect(request.headers.get('User-Agent')).toMatch(/^Modcall\/\d/);
  });

  it('INVITE may be passed on one time less than the one that it passes on', async () => {
    const call = await rings({ 'Max-Forwards': '5' });
    expect(incoming?.invite.headers.get('Max-Forwards')).toBe('4');
    call.hangUp();
    await until('the call to be taken back', () => call.end && incoming?.end);
  });

  it('INVITE says what may come back, and how long the session lasts without a word', () => {
    const { headers } = ears.callee.get('INVITE');
    expect(headers.get('Contact')).toMatch(/^<sip:127\.0\.0\.1:\d+>$/);
    expect(headers.get('Session-Expires')).toBe('1800');
    expect(headers.get('Min-SE')).toBe('90');
    expect(headers.get('Content-Type')).toBe('application/sdp');
    expect(headers.get('P-Asserted-Identity')).toBe('"Person 101" <sip:101@127.0.0.1>');
  });

  it.each(['BYE', 'CANCEL'])('%s says why', (method) => {
    expect(ears.callee.get(method).headers.get('Reason')).toBe('Q.850;cause=16;text="Normal call clearing"');
  });

  it.each([
    ['INVITE', ears.callee],
    ['200 to OPTIONS', ears.caller],
    ['180 to INVITE', ears.caller],
    ['200 to INVITE', ears.caller],
  ] as const)('%s allows what the box does, and nothing else', (name, ear) => {
    const ofNoCall = ['REGISTER', 'SUBSCRIBE'];
    expect(listIn(ear.get(name), 'Allow').filter((method) => !ofNoCall.includes(method))).toEqual(allowed);
  });

  it.each([
    ['INVITE', ears.callee],
    ['200 to OPTIONS', ears.caller],
    ['200 to INVITE', ears.caller],
  ] as const)('%s supports what the box does, and nothing else', (name, ear) => {
    expect(listIn(ear.get(name), 'Supported').filter((option) => option !== 'norefersub')).toEqual(supported);
  });

  it('the answer to an INVITE with a session timer has one, which the caller refreshes', () => {
    const answers = ears.caller.messages.filter((message) => nameOf(message) === '200 to INVITE');
    expect(answers[0]?.headers.get('Session-Expires')).toBe('1800;refresher=uac');
    expect(answers[0]?.headers.get('Require')).toBe('timer');
  });

  it.each(['180 to INVITE', '200 to INVITE', '202 to REFER'])('%s says where to go on', (name) => {
    expect(ears.caller.get(name).headers.get('Contact')).toMatch(/^<sip:127\.0\.0\.1:\d+>$/);
  });

  it('REGISTER is answered with the binding, the time and challenges of both kinds', () => {
    expect(ears.caller.get('200 to REGISTER').headers.get('Contact')).toMatch(/^<sip:101@.*>;expires=300$/);
    expect(Date.parse(ears.caller.get('200 to REGISTER').headers.get('Date') ?? '')).not.toBeNaN();
    const challenges = ears.caller.get('401 to REGISTER').headers.all('WWW-Authenticate');
    expect(challenges.map((challenge) => /algorithm=([\w-]+)/.exec(challenge)?.[1]).sort()).toEqual(['MD5', 'SHA-256']);
  });

  it('a refusal says why, and one of a loop that it is one', () => {
    expect(ears.caller.get('404 to INVITE').headers.get('Reason')).toContain('cause=1;');
    expect(ears.caller.get('483 to INVITE').headers.get('Retry-After')).toBeUndefined();
  });

  it('NOTIFY tells how the transfer went', () => {
    const notify = ears.caller.get('NOTIFY');
    expect(notify.headers.get('Event')).toBe('refer');
    expect(notify.headers.get('Subscription-State')).toBe('terminated;reason=noresource');
    expect(notify.headers.get('Content-Type')).toMatch(/^message\/sipfrag/);
    expect(notify.body).toMatch(/^SIP\/2\.0 404 /);
  });

  it('nothing names the insides of the box', () => {
    const all = [...ears.caller.messages, ...ears.callee.messages];
    for (const { headers, body } of all) expect(`${[...headers].join('\n')}\n${body}`).not.toMatch(internal);
    for (const { body } of all.filter(({ body }) => body.startsWith('v=0'))) expect(body).toMatch(/^s=-\r$/m);
  });
});
