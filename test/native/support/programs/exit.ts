import { createSocket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { type Call, InvalidStateError } from '../../../../src/node-pjsua2/src/index.js';
import { SelfCaller } from './self-call.js';

// node exit.js <ms> [file to record to]: ends the process after so long, in the midst of calls over UDP and TCP that begin, are held,
// talk and end, and while more registrations ask for a challenge than can be answered.

const [afterMs = 0, recording = '/dev/null'] = [Number(process.argv[2]), process.argv[3]];

const self = await SelfCaller.start({ logLevel: 4 });
const { port } = await self.endpoint.addTransport({ protocol: 'tcp', address: '127.0.0.1', port: 0 });
const targets = [self.uri, `sip:self@127.0.0.1:${port};transport=tcp`];
self.endpoint.on('log', () => {});
self.endpoint.on('incomingCall', (call) => {
  try {
    call.answer();
  } catch (error) {
    if (!(error instanceof InvalidStateError)) throw error; // the caller has hung up
  }
});
const recorder = self.endpoint.createRecorder(recording);

async function talk(call: Call): Promise<void> {
  const tone = self.endpoint.createPlayer({ segments: [{ frequencies: [440], ms: 60, levelDbfs: -20 }], loop: true });
  await Promise.all([self.endpoint.connect(tone, call), self.endpoint.connect(call, recorder)]);
  await call.hold();
  await call.resume();
  await call.sendDigits('1', { method: 'info' });
  tone.close();
}

async function callAgainAndAgain(target: string): Promise<never> {
  for (;;) {
    const call = self.endpoint.call({ to: target });
    call.once('answered', () => void talk(call).catch(() => undefined));
    await Promise.race([pause(60), call.ended]);
    call.hangUp();
  }
}

self.endpoint.createRegistrar({ realm: 'test' }).setUsers([{ username: '1', password: 'secret' }]);
const phones = createSocket('udp4');
const { port: registrarPort } = new URL(self.uri.replace(/^sip:.*@/, 'http://'));
let registrations = 0;
setInterval(() => {
  for (let count = 0; count < 200; ++count) {
    registrations += 1;
    const head = ['REGISTER sip:127.0.0.1 SIP/2.0', `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${registrations}`];
    const identity = ['From: <sip:1@test>;tag=1', 'To: <sip:1@test>', `Call-ID: ${registrations}`, 'CSeq: 1 REGISTER'];
    phones.send([...head, ...identity, 'Content-Length: 0', '', ''].join('\r\n'), Number(registrarPort), '127.0.0.1');
  }
}, 5);

for (const target of [...targets, ...targets, ...targets]) void callAgainAndAgain(target);
setTimeout(() => process.exit(0), afterMs);
