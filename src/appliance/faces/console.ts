import type { Log } from '../../log/log.js';
import { bindSocket } from '../../store/files/unix-socket.js';
import type { ConsoleApp } from '../../web/console/console-app.js';
import { ConsoleServer } from '../../web/console/console-server.js';

/** Serves the box to the command line over a socket, and returns what ends that. */
export async function serveConsole(
  path: string,
  load: () => Promise<ConsoleApp>,
  log: Pick<Log, 'error'>,
): Promise<() => Promise<void>> {
  const console = new ConsoleServer(load, log);
  try {
    const unbind = await bindSocket(console.server, path);
    return async () => {
      await console.stop();
      await unbind();
    };
  } catch (error) {
    console.close();
    throw error;
  }
}

/** The same of the running box. Where the socket cannot be had it is said, and stops nothing else. */
export async function openConsole(
  path: string,
  load: () => Promise<ConsoleApp>,
  log: Pick<Log, 'error'>,
): Promise<() => Promise<void>> {
  return serveConsole(path, load, log).catch((error: unknown) => {
    log.error({ code: 'consoleUnavailable', error, path }, 'commands cannot reach the running box');
    return async () => {};
  });
}
