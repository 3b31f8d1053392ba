/**
 * A web service that makes two phones talk: it rings the first, then the second, and joins them.
 *
 *   node click-to-call.js [ADDRESS [PORT [HTTP-PORT]]]
 *   curl -X POST 'http://127.0.0.1:8080/calls?from=100&to=101'
 *
 * Register phones as 100 and 101. The service listens on this computer only: it asks nobody who they are.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Call, Endpoint } from 'node-pjsua2';

const [address = '127.0.0.1', port = '5060', httpPort = '8080'] = process.argv.slice(2);

const endpoint = await Endpoint.create({ userAgent: 'click-to-call' });
const transport = await endpoint.addTransport({ protocol: 'udp', address, port: Number(port) });

const registrar = endpoint.createRegistrar({ realm: 'example' });
registrar.setUsers(['100', '101'].map((username) => ({ username, password: `secret ${username}` })));

/** Rings a phone; resolves when it is picked up, and rejects when it is not. */
function ring(user: string, shownCaller: string): { readonly call: Call; readonly pickedUp: Promise<void> } {
  const [binding] = registrar.bindings(user);
  if (binding === undefined) throw new Error(`${user} is not registered`);
  const call = endpoint.call({ to: binding.uri, from: { user: shownCaller } });
  const pickedUp = new Promise<void>((resolve, reject) => {
    call.once('answered', resolve);
    call.once('ended', ({ status }) => reject(new Error(`${user} did not answer: ${status}`)));
  });
  return { call, pickedUp };
}

/** Resolves when the two can talk. */
async function connect(from: string, to: string): Promise<void> {
  const calls: Call[] = [];
  try {
    for (const [user, shown] of [[from, to] as const, [to, from] as const]) {
      const { call, pickedUp } = ring(user, shown);
      calls.push(call);
      call.once('ended', () => hangUp(calls));
      await pickedUp;
    }
    const [a, b] = calls as [Call, Call];
    await Promise.all([endpoint.connect(a, b), endpoint.connect(b, a)]);
  } catch (error) {
    hangUp(calls);
    throw error;
  }
}

function hangUp(calls: readonly Call[]): void {
  for (const call of calls) call.hangUp();
}

async function answer(path: string): Promise<readonly [status: number, text: string]> {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const [from, to] = [searchParams.get('from'), searchParams.get('to')];
  if (pathname !== '/calls') return [404, 'there is nothing here but /calls'];
  if (!from || !to) return [400, 'from and to are needed'];
  return connect(from, to).then(
    () => [201, `${from} and ${to} are connected`],
    (error: Error) => [502, error.message],
  );
}

const server = createServer(async ({ method, url = '/' }, response) => {
  const [status, text] = method === 'POST' ? await answer(url) : [405, 'POST it'];
  response.writeHead(status).end(`${text}\n`);
});

process.once('SIGINT', () => {
  server.close();
  void endpoint.close();
});
server.listen(Number(httpPort), '127.0.0.1', () => {
  console.log(`http on 127.0.0.1:${(server.address() as AddressInfo).port}`);
  console.log(`listening on ${address}:${transport.port}`);
});
