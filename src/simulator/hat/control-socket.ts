import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type HatCommand, type HatReport, hatCommand } from './control-messages.js';

/** A unix socket that takes commands for the simulated HAT and reports what happens, in lines of JSON. */
export class ControlSocket {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #execute: (command: HatCommand) => Promise<void>;
  readonly #greeting: () => readonly HatReport[];

  private constructor(
    server: Server,
    execute: (command: HatCommand) => Promise<void>,
    greeting: () => readonly HatReport[],
  ) {
    this.#server = server;
    this.#execute = execute;
    this.#greeting = greeting;
  }

  static async listen(
    path: string,
    execute: (command: HatCommand) => Promise<void>,
    greeting: () => readonly HatReport[],
  ): Promise<ControlSocket> {
    await rm(path, { force: true });
    const server = createServer();
    const control = new ControlSocket(server, execute, greeting);
    server.on('connection', (socket) => control.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(path, resolve);
    });
    // Later errors (no more descriptors) concern one connection only.
    server.on('error', () => {});
    return control;
  }

  broadcast(notice: HatReport): void {
    for (const socket of this.#sockets) report(socket, notice);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    for (const notice of this.#greeting()) report(socket, notice);
    let turn: Promise<void> = Promise.resolve();
    createInterface({ input: socket })
      .on('line', (line) => {
        turn = turn.then(async () => report(socket, await this.#carryOut(line)));
      })
      // It passes on what the socket has already reported.
      .on('error', () => {});
  }

  async #carryOut(line: string): Promise<HatReport> {
    try {
      await this.#execute(hatCommand.parse(JSON.parse(line)));
      return { event: 'done' };
    } catch (error) {
      return { event: 'refused', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

function report(socket: Socket, notice: HatReport): void {
  socket.write(`${JSON.stringify(notice)}\n`);
}
