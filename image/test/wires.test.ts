import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Wires } from './wires.js';

let qemu: Server;
let wires: Wires;
/** QEMU's ends of the two sockets. */
let ends: Socket[];

const connected = async () => {
  const socket = connect((qemu.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
};

beforeEach(async () => {
  ends = [];
  qemu = createServer((end) => ends.push(end)).listen(0, '127.0.0.1');
  await once(qemu, 'listening');
  wires = new Wires(await connected(), await connected());
});
afterEach(() => {
  wires.close();
  for (const end of ends) end.destroy();
  qemu.close();
});

it('a board whose power is cut is an error of whoever asks it then or later, and of nobody else', async () => {
  const asked = wires.lamps();
  const [end] = ends;
  if (end === undefined) throw new Error('nobody is connected');
  await once(end, 'data');
  end.resetAndDestroy();
  await expect(asked).rejects.toThrow('the board is off');
  await expect(wires.lamps()).rejects.toThrow();
});
