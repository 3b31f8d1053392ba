import { once } from 'node:events';
import { chmod, open, rename, rm } from 'node:fs/promises';
import { connect, type Server, type Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import { AdminError } from '../admin-error.js';
import { hasCode } from './durable-file.js';

/** Another process serves this socket. */
export class SocketTaken extends AdminError {
  constructor(path: string) {
    super({ code: 'storage.socketTaken', params: { path } });
  }
}

/**
 * Binds a server to a socket that its owner alone can use, in place of one that nobody serves any more. It appears complete or not at all.
 * @returns what takes the socket away again.
 * @throws SocketTaken
 */
export async function bindSocket(server: Server, path: string): Promise<() => Promise<void>> {
  const folder = await open(dirname(path), 'r');
  const place = inFolder(folder.fd, path);
  const pending = `${place}.${process.pid}.pending`;
  try {
    if (await isServed(place)) throw new SocketTaken(path);
    await rm(pending, { force: true });
    server.listen(pending);
    await once(server, 'listening');
    await chmod(pending, 0o600);
    await rename(pending, place);
  } catch (error) {
    await rm(pending, { force: true });
    await folder.close();
    throw error;
  }
  return async () => {
    await rm(place, { force: true });
    await folder.close();
  };
}

/** Connects to a socket. @throws the system's error: ENOENT where there is none, ECONNREFUSED where nobody serves it. */
export async function connectSocket(path: string): Promise<Socket> {
  const folder = await open(dirname(path), 'r');
  try {
    return await connected(inFolder(folder.fd, path));
  } finally {
    await folder.close();
  }
}

async function isServed(place: string): Promise<boolean> {
  return connected(place).then(
    (socket) => {
      socket.destroy();
      return true;
    },
    (error: unknown) => {
      if (hasCode(error, 'ENOENT') || hasCode(error, 'ECONNREFUSED')) return false;
      // Too many wait there to be let in.
      if (hasCode(error, 'EAGAIN')) return true;
      throw error;
    },
  );
}

async function connected(place: string): Promise<Socket> {
  const socket = connect(place);
  await once(socket, 'connect');
  return socket;
}

/** The system takes no path of a socket that is longer than 107 bytes; by the descriptor of its folder each one is short. */
const inFolder = (descriptor: number, path: string): string => `/proc/self/fd/${descriptor}/${basename(path)}`;
