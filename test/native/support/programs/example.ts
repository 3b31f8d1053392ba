import { type Call, Endpoint, InvalidStateError } from '../../../../src/node-pjsua2/src/index.js';

// The example of src/node-pjsua2/README.md, on a free port that is told to the parent.

const endpoint = await Endpoint.create({ userAgent: 'example' });
const { port } = await endpoint.addTransport({ protocol: 'udp', address: '127.0.0.1', port: 0 });
endpoint.setPeers([{ name: 'test', addresses: ['127.0.0.1'] }]);
const registrar = endpoint.createRegistrar({ realm: 'example' });
registrar.setUsers([
  { username: '100', password: 'correct horse' },
  { username: '101', password: 'battery staple' },
]);

async function sound(call: Call): Promise<void> {
  call.answer();
  const tone = endpoint.createPlayer({ segments: [{ frequencies: [440], ms: 1000, levelDbfs: -20 }], loop: true });
  call.on('ended', () => tone.close());
  await endpoint.connect(tone, call);
}

endpoint.on('incomingCall', (call, { requestUser }) => {
  if (requestUser !== '200') return call.reject(404);
  sound(call).catch((error) => {
    if (!(error instanceof InvalidStateError)) throw error; // the caller has hung up meanwhile
  });
});

process.once('SIGINT', () => endpoint.close());
process.send?.(port);
process.disconnect?.();
