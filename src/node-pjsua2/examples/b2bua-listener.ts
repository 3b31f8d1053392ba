/**
 * A back-to-back user agent: phones call one another, and whoever dials *55 hears the call that began last.
 *
 *   node b2bua-listener.js [ADDRESS [PORT]]
 *
 * Register phones as 100, 101 and 102; let 100 call 101, and 102 dial *55. Tell people that they are listened to.
 */
import { type Call, Endpoint } from 'node-pjsua2';

const [address = '127.0.0.1', port = '5060'] = process.argv.slice(2);

const endpoint = await Endpoint.create({ userAgent: 'b2bua-listener' });
const transport = await endpoint.addTransport({ protocol: 'udp', address, port: Number(port) });

const registrar = endpoint.createRegistrar({ realm: 'example' });
registrar.setUsers(['100', '101', '102'].map((username) => ({ username, password: `secret ${username}` })));

/** Both legs of the calls in progress, oldest first. */
const bridges: (readonly [Call, Call])[] = [];

endpoint.on('incomingCall', (call, { requestUser, from }) => {
  if (requestUser === '*55') return listen(call);
  const [binding] = registrar.bindings(requestUser);
  if (binding === undefined) return call.reject(480);
  forward(call, endpoint.call({ to: binding.uri, from: { user: from.user } }));
});

/** Passes what happens on either leg on to the other one. */
function forward(caller: Call, callee: Call): void {
  const bridge = [caller, callee] as const;
  callee.on('progress', ({ status }) => {
    if (status === 180) caller.progress(180);
  });
  callee.on('answered', () => {
    caller.answer();
    bridges.push(bridge);
    join(...bridge).catch(() => hangUp(bridge));
  });
  // A refusal by the callee is passed on to the caller; after a BYE there is nothing to refuse.
  callee.on('ended', ({ status }) => caller.hangUp(status >= 300 ? { status } : {}));
  caller.on('ended', () => {
    callee.hangUp();
    if (bridges.includes(bridge)) bridges.splice(bridges.indexOf(bridge), 1);
  });
}

/** Two connections, one in each direction. */
async function join(a: Call, b: Call): Promise<void> {
  await Promise.all([endpoint.connect(a, b), endpoint.connect(b, a)]);
}

/** Two more connections; the parties' own packets are still passed on unchanged. */
function listen(listener: Call): void {
  const bridge = bridges.at(-1);
  if (bridge === undefined) {
    listener.reject(480);
    return;
  }
  listener.answer();
  Promise.all(bridge.map((party) => endpoint.connect(party, listener))).catch(() => listener.hangUp());
  for (const party of bridge) party.once('ended', () => listener.hangUp());
}

function hangUp(calls: readonly Call[]): void {
  for (const call of calls) call.hangUp();
}

process.once('SIGINT', () => endpoint.close());
console.log(`listening on ${address}:${transport.port}`);
