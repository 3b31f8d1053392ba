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

test('a few addresses that take all the places keep nobody else out', () => {
  const server = createServer();
  const connections = new Connections({ ...limits, connections: 6 });
  connections.watch(server);
  const connect = (address: string) => {
    const socket = from(address);
    server.emit('connection', socket);
    return socket;
  };
  const greedy = ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.2', '192.0.2.2'].map(connect);
  const owner = [connect('192.0.2.3'), connect('192.0.2.3')];
  expect(greedy.map(({ destroyed }) => destroyed)).toEqual([true, false, false, true, false, false]);
  const late = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map(connect);
  expect(late.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  expect(owner.map(({ destroyed }) => destroyed)).toEqual([false, false]);
  expect(connections.count).toBe(6);
});

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
