import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { residualLevel, totalLevel } from '../../support/audio/tones.js';
import { OfficePhone, officeSettings, passwordOf, talk, toneOf, untilHears } from '../../support/office.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { SipCall } from '../../support/sip/call.js';
import { parseNameAddress, parseSip, responseTo, type SipRequest } from '../../support/sip/message.js';
import { Transactions } from '../../support/sip/transactions.js';
import { openTransport } from '../../support/sip/transport.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';

const audibleDbfs = -35;
const silentDbfs = -55;

const rings = (phone: OfficePhone): Promise<SipCall> =>
  until(`${phone.number} to ring`, () => phone.incoming.find(({ state }) => state === 'ringing'));
const ended = (name: string, call: SipCall) => until(`${name} to end`, () => call.state === 'ended' && call.end);

async function hearEachOther(caller: SipCall, from: string, callee: SipCall, to: string): Promise<void> {
  await untilHears('caller', caller, { present: [toneOf(to)], absent: [toneOf(from)] });
  await untilHears('callee', callee, { present: [toneOf(from)], absent: [toneOf(to)] });
}

describe('calls inside the house', () => {
  let appliance: Appliance;
  let phones: Record<'100' | '101' | '102' | '103' | '104', OfficePhone>;
  const calls: SipCall[] = [];

  beforeAll(async () => {
    appliance = await Appliance.start(await officeSettings());
    const register = (number: string) => OfficePhone.register(appliance, number);
    phones = {
      100: await register('100'),
      101: await register('101'),
      102: await register('102'),
      103: await register('103'),
      104: await register('104'),
    };
  });
  afterEach(async () => {
    const all = [...calls.splice(0), ...Object.values(phones).flatMap((phone) => phone.incoming.splice(0))];
    for (const call of all) call.hangUp();
    for (const call of all) await ended('a call left over', call);
  });
  afterAll(async () => {
    for (const phone of Object.values(phones)) phone.close();
    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
  });

  const track = (call: SipCall): SipCall => {
    calls.push(call);
    return call;
  };
  const dial = async (from: OfficePhone, number: string) => track(await from.call(number));
  const connect = async (from: OfficePhone, to: OfficePhone) => {
    const { caller, callee } = await talk(from, to);
    return { caller: track(caller), callee };
  };

  it('rings, answers and lets both hear each other', async () => {
    const caller = await dial(phones[101], '102');
    await rings(phones[102]);
    await until('the ringing to be told', () => caller.progress.length > 0);
    expect(caller.progress).toEqual([{ status: 180, hasAudio: false }]);
    const callee = await phones[102].answer();
    await until('the answer', () => caller.state === 'talking');
    await hearEachOther(caller, '101', callee, '102');
  });

  it('passes early media on, both ways, before the answer', async () => {
    const caller = await dial(phones[101], '104');
    const callee = await rings(phones[104]);
    callee.audio.say(toneVoice(toneOf('104')));
    callee.ring(183, { audio: true });
    await until('early media', () => caller.progress.some(({ status }) => status === 183));
    expect(caller.progress.at(-1)).toEqual({ status: 183, hasAudio: true });
    await hearEachOther(caller, '101', callee, '104');
    expect(caller.state).toBe('ringing');
    callee.accept();
    await until('the answer', () => caller.state === 'talking');
    await hearEachOther(caller, '101', callee, '104');
  });

  it('lets the caller hear that it rings while early media says nothing, and then what it says', async () => {
    const caller = await dial(phones[101], '104');
    const callee = await rings(phones[104]);
    callee.audio.say(toneVoice(toneOf('104')));
    callee.audio.lose(1);
    callee.ring(183, { audio: true });
    callee.ring(180, { audio: false });
    await untilHears('caller', caller, { present: [425], absent: [toneOf('104')] });
    callee.audio.lose(0);
    await untilHears('caller', caller, { present: [toneOf('104')], absent: [425] });
  });

  it.each([
    ['busy', 486, 486],
    ['declined', 603, 603],
    ['unable to agree on a codec', 488, 488],
  ])('tells the caller that the callee is %s', async (_what, refusal, expected) => {
    const caller = await dial(phones[101], '102');
    (await rings(phones[102])).refuse(refusal);
    expect(await ended('the refused call', caller)).toMatchObject({ status: expected, by: 'them' });
  });

  it('refuses a call to an extension without a telephone', async () => {
    const caller = await dial(phones[101], '109');
    expect(await ended('the call', caller)).toMatchObject({ status: 480, by: 'them' });
    expect(caller.progress).toEqual([]);
  });

  it('tells whoever dials a number that nobody has, and then refuses it', async () => {
    const caller = await dial(phones[101], '777');
    await until('the speech', () => totalLevel(caller.audio.heard(400)) > audibleDbfs);
    expect(await ended('the call', caller)).toMatchObject({ status: 404, by: 'them' });
  });

  it('rings where a telephone forwards to', async () => {
    const caller = await dial(phones[101], '102');
    (await rings(phones[102])).forward(phones[102].agent.uriOf('104'));
    await rings(phones[104]);
    const callee = await phones[104].answer();
    await until('the answer', () => caller.state === 'talking');
    await hearEachOther(caller, '101', callee, '104');
  });

  it('forwards to no stranger, and says so in the log', async () => {
    const caller = await dial(phones[101], '102');
    (await rings(phones[102])).forward('sip:104@192.0.2.1');
    expect(await ended('the call', caller)).toMatchObject({ status: 480, by: 'them' });
    expect(appliance.log).toContainEqual(expect.objectContaining({ level: 'info', msg: 'forwardRefused' }));
    expect(phones[104].incoming).toEqual([]);
  });

  it('stops ringing when the caller gives up', async () => {
    const caller = await dial(phones[101], '102');
    const callee = await rings(phones[102]);
    await until('the ringing to be told', () => caller.state === 'ringing');
    caller.hangUp();
    expect(await ended('the caller', caller)).toMatchObject({ status: 487, by: 'us' });
    expect(await ended('the callee', callee)).toMatchObject({ status: 487, by: 'them' });
  });

  it('shows the configured number and name, whatever the phone claims', async () => {
    const agent = await UserAgent.open({
      server: appliance.address(),
      credentials: { username: '103', password: passwordOf('103') },
      displayName: 'The Chancellor',
    });
    const caller = track(await agent.call('102'));
    const callee = await rings(phones[102]);
    expect(callee.party).toMatchObject({ user: '103', displayName: 'Person 103' });
    const asserted = parseNameAddress(callee.invite.headers.get('P-Asserted-Identity') ?? '');
    expect(asserted).toMatchObject({ user: '103', displayName: 'Person 103' });
    await until('the ringing to be told', () => caller.state === 'ringing');
    caller.hangUp();
    await ended('the caller', caller);
    agent.close();
  });

  it('plays the hold announcement to who waits, until the call is resumed', async () => {
    const { caller, callee } = await connect(phones[101], phones[102]);
    await hearEachOther(caller, '101', callee, '102');
    await callee.hold();
    await untilHears('caller on hold', caller, { present: [], absent: [toneOf('102')] });
    const heard = () => caller.audio.heard(400);
    await until('the announcement', () => residualLevel(heard(), [toneOf('101'), toneOf('102')]) > audibleDbfs);
    await until('the pause after the announcement', () => totalLevel(caller.audio.heard(2000)) < silentDbfs);
    await until('the announcement again', () => residualLevel(heard(), [toneOf('101'), toneOf('102')]) > audibleDbfs);
    await callee.resume();
    await hearEachOther(caller, '101', callee, '102');
    expect(caller.requestsReceived).toEqual([]);
  });

  it('lets the caller hold and resume as well', async () => {
    const { caller, callee } = await connect(phones[101], phones[102]);
    await caller.hold('inactive');
    await until('the announcement', () => residualLevel(callee.audio.heard(400), [toneOf('101')]) > audibleDbfs);
    await caller.resume();
    await hearEachOther(caller, '101', callee, '102');
  });

  it('rings all telephones of an extension and calls the others off when one is picked up', async () => {
    const second = await OfficePhone.register(appliance, '104');
    const caller = await dial(phones[101], '104');
    const loser = await rings(phones[104]);
    await rings(second);
    const winner = await second.answer();
    expect(await ended('the other telephone', loser)).toMatchObject({ status: 487, by: 'them' });
    await until('the answer', () => caller.state === 'talking');
    await hearEachOther(caller, '101', winner, '104');
    winner.hangUp();
    await ended('the caller', caller);
    expect((await second.agent.register(0)).status).toBe(200);
    second.close();
  });

  it('tells the telephone that is called off that the call was answered elsewhere', async () => {
    const received: SipRequest[] = [];
    const transport = await openTransport('udp', '127.0.0.1');
    const transactions = new Transactions(transport, {
      onRequest: (transaction) => transaction.respond(responseTo(transaction.request, 180, { toTag: 'second' })),
      onCancel: (invite) => invite.respond(responseTo(invite.request, 487, { toTag: 'second' })),
      onAck: () => {},
    });
    const take = transport.receive;
    transport.receive = (text, from) => {
      const message = parseSip(text);
      if (message?.kind === 'request') received.push(message);
      take(text, from);
    };
    const has = (method: string) => received.find((request) => request.method === method);
    const { address, port } = transport.local;
    const identity = `<sip:104@${appliance.address().address}>`;
    const bind = (expires: number) =>
      phones[104].agent.request('REGISTER', {
        To: identity,
        Contact: `<sip:104@${address}:${port}>`,
        Expires: String(expires),
      });
    expect((await bind(300)).status).toBe(200);
    await dial(phones[101], '104');
    await until('the second telephone to ring', () => has('INVITE'));
    await phones[104].answer();
    const cancel = await until('the second telephone to be called off', () => has('CANCEL'));
    expect(cancel.headers.get('Reason')).toMatch(/^SIP\s*;\s*cause=200\b/);
    expect((await bind(0)).status).toBe(200);
    transactions.close();
  });

  it('rings all members of a group', async () => {
    const caller = await dial(phones[100], '200');
    const [first, , third] = await Promise.all([rings(phones[101]), rings(phones[102]), rings(phones[103])]);
    const callee = await phones[102].answer();
    await ended('the first member', first);
    await ended('the third member', third);
    await until('the answer', () => caller.state === 'talking');
    await hearEachOther(caller, '100', callee, '102');
    expect(phones[104].incoming).toEqual([]);
  });

  it('goes on ringing a group when one member declines, and leaves out a member who calls', async () => {
    const caller = await dial(phones[101], '200');
    const [second] = await Promise.all([rings(phones[102]), rings(phones[103])]);
    second.refuse(603);
    const callee = await phones[103].answer();
    await until('the answer', () => caller.state === 'talking');
    await hearEachOther(caller, '101', callee, '103');
    expect(phones[101].incoming).toEqual([]);
  });

  it('passes digits on, both ways', async () => {
    const { caller, callee } = await connect(phones[101], phones[102]);
    await caller.pressKeys('159*0#', 'rfc4733');
    await until('the digits at the callee', () => callee.audio.digitsReceived.length >= 6);
    await callee.pressKeys('2468', 'rfc4733');
    await until('the digits at the caller', () => caller.audio.digitsReceived.length >= 4);
    expect(callee.audio.digitsReceived).toBe('159*0#');
    expect(caller.audio.digitsReceived).toBe('2468');
  });

  it('ends the call of the one when the other hangs up', async () => {
    const { caller, callee } = await connect(phones[101], phones[102]);
    caller.hangUp();
    const byCaller = await ended('the callee', callee);
    expect(byCaller).toMatchObject({ status: 200, by: 'them' });
    expect(byCaller.reasonField).toContain('Q.850;cause=16');
    const next = await connect(phones[101], phones[102]);
    next.callee.hangUp();
    expect(await ended('the caller', next.caller)).toMatchObject({ status: 200, by: 'them' });
  });
});

describe('a call that nobody answers', () => {
  it('ends after the seconds that are set', async () => {
    const appliance = await Appliance.start(await officeSettings({ ringSeconds: 5 }));
    const [one, other] = [await OfficePhone.register(appliance, '101'), await OfficePhone.register(appliance, '102')];
    const caller = await one.call('102');
    const callee = await rings(other);
    const ringingSince = performance.now();
    expect(await ended('the caller', caller)).toMatchObject({ status: 480, by: 'them' });
    expect(performance.now() - ringingSince).toBeGreaterThan(4000);
    expect(await ended('the callee', callee)).toMatchObject({ status: 487, by: 'them' });
    for (const phone of [one, other]) phone.close();
    await appliance.stop();
    await appliance.remove();
  });
});
