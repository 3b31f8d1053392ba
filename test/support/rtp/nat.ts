import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { MediaAddress } from '../../native/support/raw-call.js';

/** A router between a phone and us: what the phone sends comes from a port of the router's, which may change at any time. */
export class Nat {
  readonly #inside: Socket;
  readonly #far: MediaAddress;
  #outside: Socket;
  #phone: MediaAddress | undefined;

  /** On this host, in front of this address of ours. */
  static async open(host: string, far: MediaAddress): Promise<Nat> {
    return new Nat(await boundSocket(host), await boundSocket(host), far);
  }

  private constructor(inside: Socket, outside: Socket, far: MediaAddress) {
    this.#inside = inside;
    this.#outside = outside;
    this.#far = far;
    inside.on('message', (packet, { address, port }) => {
      this.#phone = { address, port };
      this.#outside.send(packet, far.port, far.address);
    });
    this.#listenOutside();
  }

  /** Where the phone sends to. */
  get port(): number {
    return this.#inside.address().port;
  }

  /** From now on the phone's packets come from another port, and what is sent to the old one is lost. */
  async remap(): Promise<void> {
    const old = this.#outside;
    this.#outside = await boundSocket(old.address().address);
    old.close();
    this.#listenOutside();
  }

  close(): void {
    this.#inside.close();
    this.#outside.close();
  }

  #listenOutside(): void {
    this.#outside.on('message', (packet, { port }) => {
      const phone = this.#phone;
      if (phone && port === this.#far.port) this.#inside.send(packet, phone.port, phone.address);
    });
  }
}

async function boundSocket(address: string): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  return socket;
}
