import { createServer } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { Connections } from '../../../src/web/guard/connections.js';

const limits = { connections: 10, connectionsPerAddress: 3, pipelined: 1 };

/** A connection from an address that this machine does not have. */
function from(address: string): Socket {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: address });
  return socket;
}

function admitted(addresses: readonly string[]): readonly boolean[] {
  const server = createServer();
  new Connections(limits).watch(server);
  return addresses.map((address) => {
    const socket = from(address);
    server.emit('connection', socket);
    return !socket.destroyed;
  });
}

test('whoever has a whole network of IPv6 addresses takes no more places by it than by one', () => {
  const ofOneHousehold = [
    '2001:db8:1:2::1',
    '2001:db8:1:2::2',
    '2001:db8:1:2:3:4:5:6',
    '2001:db8:1:2::4',
    '2001:db8:1:2::5',
  ];
  expect(admitted(ofOneHousehold)).toEqual([true, true, true, false, false]);
  expect(admitted([...ofOneHousehold, '2001:db8:1:3::1', '192.0.2.1', '::ffff:192.0.2.2']).slice(5)).toEqual([
    true,
    true,
    true,
  ]);
});
