import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connectSocket, dataFile, isInUse, requireDataFolder } from '../../admin/data-folder.js';
import type { Language } from '../../admin/speaking.js';
import { CommandError } from '../command-error.js';
import { exitCode } from '../terminal.js';
import { type BoxClient, boxClient } from './box-client.js';

/** A box that has just been started opens its socket last of all. */
const patienceMs = 15_000;
const stepMs = 200;

/**
 * The box that runs on a data folder; null where none does.
 * @throws NoDataFolder, CommandError for one that cannot be reached.
 */
export async function findBox(dataFolder: string, language: Language): Promise<BoxClient | null> {
  await requireDataFolder(dataFolder);
  const end = performance.now() + patienceMs;
  for (;;) {
    const box = await answeringBox(dataFolder, language);
    if (box || !(await isInUse(dataFolder))) return box;
    if (performance.now() > end) throw unreachable('client.boxSilent', dataFile(dataFolder, 'console'));
    await pause(stepMs);
  }
}

/** The same without waiting for one that is starting, and where there need be no such folder. */
export async function answeringBox(dataFolder: string, language: Language): Promise<BoxClient | null> {
  const path = dataFile(dataFolder, 'console');
  const first = await connectSocket(path).catch((error: unknown) => problemWith(error, path));
  if (!first) return null;
  first.destroy();
  return boxClient(() => connectedTo(path), language);
}

async function connectedTo(path: string): Promise<Socket> {
  const socket = await connectSocket(path).catch((error: unknown) => problemWith(error, path));
  if (!socket) throw unreachable('client.boxSilent', path);
  return socket;
}

/** Null where nobody serves the socket. */
function problemWith(error: unknown, path: string): null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return null;
  if (code === 'EACCES' || code === 'EPERM') throw unreachable('client.notYours', path);
  if (code === 'EAGAIN') throw unreachable('client.boxSilent', path);
  throw error;
}

const unreachable = (code: 'client.boxSilent' | 'client.notYours', path: string): CommandError =>
  new CommandError({ code, params: { path } }, exitCode.failed);
