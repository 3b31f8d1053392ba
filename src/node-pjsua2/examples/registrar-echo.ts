/**
 * A registrar for two phones, and a number that says back what it hears.
 *
 *   node registrar-echo.js [ADDRESS [PORT]]
 *
 * Register a phone as 100 or 101, dial 600, and speak for three seconds after the beep.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Call, Endpoint, InvalidStateError, readWav, type Segment } from 'node-pjsua2';

const [address = '127.0.0.1', port = '5060'] = process.argv.slice(2);
const clockRate = 8000;
const recordedMs = 3000;

const endpoint = await Endpoint.create({ userAgent: 'registrar-echo', clockRate });
const transport = await endpoint.addTransport({ protocol: 'udp', address, port: Number(port) });

const registrar = endpoint.createRegistrar({ realm: 'example' });
registrar.setUsers([
  { username: '100', password: 'correct horse' },
  { username: '101', password: 'battery staple' },
]);
registrar.on('bound', ({ username, uri }) => console.log(`${username} can be reached at ${uri}`));

endpoint.on('incomingCall', async (call, { requestUser }) => {
  if (requestUser !== '600') return call.reject(404);
  call.answer();
  const folder = await mkdtemp(join(tmpdir(), 'echo-'));
  try {
    await echo(call, join(folder, 'said.wav'));
  } catch (error) {
    // The caller may hang up at any moment, and requests on the call are refused after that.
    if (!(error instanceof InvalidStateError)) throw error;
  } finally {
    await rm(folder, { recursive: true });
    call.hangUp();
  }
});

async function echo(call: Call, file: string): Promise<void> {
  await play(call, { frequencies: [1000], ms: 300, levelDbfs: -20 });
  const recorder = endpoint.createRecorder(file);
  await endpoint.connect(call, recorder);
  await Promise.race([pause(recordedMs), call.ended]);
  await recorder.close();
  await play(call, { samples: readWav(file, clockRate) });
}

/** Resolves when it has been played or the call is over. */
async function play(call: Call, segment: Segment): Promise<void> {
  const player = endpoint.createPlayer({ segments: [segment] });
  try {
    const finished = new Promise<void>((resolve) => player.once('finished', resolve));
    await endpoint.connect(player, call);
    await Promise.race([finished, call.ended]);
  } finally {
    player.close();
  }
}

process.once('SIGINT', () => endpoint.close());
console.log(`listening on ${address}:${transport.port}`);
