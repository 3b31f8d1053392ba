import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bindSocket, connectSocket } from '../../../../src/store/files/unix-socket.js';

let folder: string;
let path: string;
const servers: Server[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-socket-'));
  path = join(folder, 'box.sock');
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(folder, { recursive: true });
});

/** A server that says its name. */
function server(name: string): Server {
  const made = createServer((socket) => socket.on('error', () => {}).end(name));
  servers.push(made);
  return made;
}

async function answerOf(at: string): Promise<string> {
  const socket = await connectSocket(at);
  let said = '';
  socket.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  await once(socket, 'close');
  return said;
}

test('a socket is for its owner alone, and goes away with its server', async () => {
  const unbind = await bindSocket(server('one'), path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await answerOf(path)).toBe('one');
  expect(await readdir(folder)).toEqual(['box.sock']);
  await unbind();
  expect(await readdir(folder)).toEqual([]);
  await expect(connectSocket(path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a folder with a long path has one, too', async () => {
  const deep = join(folder, 'x'.repeat(100), 'y'.repeat(100));
  await mkdir(deep, { recursive: true });
  await bindSocket(server('deep'), join(deep, 'box.sock'));
  expect(await answerOf(join(deep, 'box.sock'))).toBe('deep');
});

test('one that is served is left alone', async () => {
  await bindSocket(server('one'), path);
  await expect(bindSocket(server('two'), path)).rejects.toMatchObject({ problem: { code: 'storage.socketTaken' } });
  expect(await answerOf(path)).toBe('one');
  expect(await readdir(folder)).toEqual(['box.sock']);
});

test('one whose server was killed is replaced', async () => {
  const program = `require('net').createServer().listen(process.argv[1], () => console.log('bound'))`;
  const child = spawn(process.execPath, ['-e', program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await expect(connectSocket(path)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await bindSocket(server('new'), path);
  expect(await answerOf(path)).toBe('new');
});

test('a file in its place gives way', async () => {
  await writeFile(path, 'no socket');
  await bindSocket(server('new'), path);
  expect(await answerOf(path)).toBe('new');
});

test.skipIf(process.getuid?.() === 0)('a folder that cannot be written to is told', async () => {
  await chmod(folder, 0o500);
  await expect(bindSocket(server('one'), path)).rejects.toMatchObject({ code: 'EACCES' });
  await chmod(folder, 0o700);
});
