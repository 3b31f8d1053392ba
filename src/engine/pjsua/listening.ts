import { constants } from 'node:os';
import type { Endpoint, Transport } from 'node-pjsua2';
import { PjsipError } from 'node-pjsua2';
import type { EngineAddress } from '../engine.js';
import { ListenError } from '../listen-error.js';
import { PublicName } from './public-name.js';
import type { Reports } from './reports.js';

/** Where the box is to be reached. */
export interface ListenOptions {
  /** Address to listen on; 0.0.0.0 for all. */
  readonly address: string;
  readonly port: number;
  readonly transports: readonly ('udp' | 'tcp')[];
  /** Address or name that phones behind another network see; undefined means the own one. */
  readonly publicAddress?: string;
}

/** The transports of the endpoint, and the address behind the name by which they are reached. */
export class Listening {
  readonly addresses: readonly EngineAddress[];
  readonly #publicName: PublicName | undefined;
  readonly #hosts: readonly string[];

  private constructor(transports: readonly Transport[], { publicAddress }: ListenOptions, reports: Reports) {
    this.addresses = transports.map(({ protocol, address, port }) => ({ protocol, address, port }));
    const own = this.addresses.map(({ address }) => address);
    this.#hosts = publicAddress === undefined ? own : [...own, publicAddress];
    this.#publicName = publicAddress === undefined ? undefined : followName(publicAddress, transports, reports);
  }

  /**
   * Opens the transports, all on the port of the first.
   * @throws ListenError
   */
  static async open(endpoint: Endpoint, options: ListenOptions, reports: Reports): Promise<Listening> {
    const { address, port, transports, publicAddress } = options;
    const named = publicAddress === undefined ? {} : { publicAddress };
    const opened: Transport[] = [];
    for (const protocol of transports) {
      const where = { protocol, address, port: opened[0]?.port ?? port };
      opened.push(await endpoint.addTransport({ ...where, ...named }).catch(refuseToListen));
    }
    return new Listening(opened, options, reports);
  }

  /** The names and addresses under which the box is reached. */
  get hosts(): readonly string[] {
    return this.#hosts;
  }

  stop(): void {
    this.#publicName?.stop();
  }
}

/** Media needs an address even where the box is known by name. */
function followName(name: string, transports: readonly Transport[], { emit }: Reports): PublicName {
  const publicName = new PublicName(name, (news) => {
    try {
      if ('address' in news) for (const transport of transports) transport.setMediaAddress(news.address);
      emit({ type: 'publicName', name, ...news });
    } catch (error) {
      emit({ type: 'publicName', name, reason: error instanceof Error ? error.message : String(error) });
    }
  });
  publicName.start();
  return publicName;
}

/** Where PJSIP's codes for system errors begin. */
const systemErrors = 120_000;
const listenFaults: ReadonlyMap<number, ListenError['why']> = new Map([
  [constants.errno.EADDRINUSE, 'inUse'],
  [constants.errno.EADDRNOTAVAIL, 'notOurs'],
  [constants.errno.EACCES, 'notAllowed'],
]);

function refuseToListen(error: unknown): never {
  if (!(error instanceof PjsipError)) throw error;
  throw new ListenError(error.message, listenFaults.get(error.status - systemErrors) ?? 'other', error);
}
