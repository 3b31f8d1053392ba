import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { toneLevel } from '../../support/audio/tones.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { SipCall } from '../../support/sip/call.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';
import { Generator } from '../load/generator.js';
import { CallRefused, Phones } from '../load/phones.js';
import { compile } from './load-programs.js';

let program = '';
let generator: Generator;
let phones: Phones;
let agent: UserAgent;

beforeAll(() => {
  program = compile('rtp-load');
});

afterAll(() => rmSync(dirname(program), { recursive: true }));

afterEach(async () => {
  phones.close();
  agent.close();
  await generator.close();
});

/** The user agent of the tests stands in for a telephone system. */
async function open(answer: (call: SipCall) => void): Promise<void> {
  generator = Generator.start([program]);
  agent = await UserAgent.open({
    server: { protocol: 'udp', address: '127.0.0.1', port: 9 },
    credentials: { username: '100', password: 'unused' },
  });
  agent.onCall = answer;
  phones = await Phones.open(agent.local, generator, (username) => ({ username, password: 'unused' }));
}

function hears(call: SipCall, frequency: number): Promise<true> {
  return until(`${frequency} Hz`, () => toneLevel(call.audio.heard(100), frequency) > -25);
}

it('a phone calls, talks, keys and hangs up', async () => {
  const calls: SipCall[] = [];
  await open((call) => {
    calls.push(call);
    call.accept();
  });
  const phone = await phones.call('2001', '100', 'PCMU');
  const call = await until('the call', () => calls[0]);
  expect(call.party.user).toBe('2001');
  expect(call.codec).toBe('PCMU');
  phone.stream.say(1850, -20);
  await hears(call, 1850);
  const heard = phone.stream.awaitTone(450);
  call.audio.say(toneVoice(450));
  await heard;
  await phone.stream.press('4#');
  await until('two digits', () => call.audio.digitsReceived === '4#');
  await phones.hangUp(phone);
  expect(call.end).toMatchObject({ status: 200, by: 'them' });
});

it('a phone answers the call it expects, and is busy for others', async () => {
  const contacts: string[] = [];
  await open((call) => {
    contacts.push(call.invite.headers.get('Contact') ?? '');
    call.accept();
  });
  await phones.call('1001', '100', 'PCMA');
  const [, host = ''] = /@([^>]+)>/.exec(contacts[0] ?? '') ?? [];
  const refused = await agent.call(`sip:1002@${host}`);
  await until('the refusal', () => refused.end);
  expect(refused.end).toMatchObject({ status: 486 });
  const answered = phones.answered('1002', 'PCMA');
  const call = await agent.call(`sip:1002@${host}`);
  const phone = await answered;
  await until('the answer', () => call.state === 'talking');
  expect(call.codec).toBe('PCMA');
  phone.stream.say(1850, -20);
  await hears(call, 1850);
  await call.renegotiate(['PCMA']);
  call.hangUp();
  await until('the end', () => call.end);
});

it('a refusal is told', async () => {
  await open((call) => call.refuse(404));
  await expect(phones.call('2001', '100', 'PCMA')).rejects.toThrow(CallRefused);
  await expect(phones.register('2001')).rejects.toThrow('REGISTER of 2001 was answered 405 ');
});
