import { constants } from 'node:os';
import type { Endpoint, Transport, TransportOptions } from 'node-pjsua2';
import { PjsipError } from 'node-pjsua2';
import type { EngineAddress, TlsIdentity } from '../engine.js';
import { ListenError } from '../listen-error.js';
import { PublicName } from './public-name.js';
import type { Reports } from './reports.js';

export interface TlsListenOptions {
  readonly port: number;
  /** The certificate to show; without one TLS is left out until there is one. */
  identity(): Promise<TlsIdentity | undefined>;
}

/** Where the box is to be reached. */
export interface ListenOptions {
  /** Address to listen on; 0.0.0.0 for all. */
  readonly address: string;
  readonly port: number;
  readonly transports: readonly ('udp' | 'tcp')[];
  /** Undefined where TLS is not listened on. */
  readonly tls?: TlsListenOptions;
  /** Address or name that phones behind another network see; undefined means the own one. */
  readonly publicAddress?: string;
}

/** The transports of the endpoint, and the address behind the name by which they are reached. */
export class Listening {
  readonly #transports: Transport[];
  readonly #publicName: PublicName | undefined;
  #mediaAddress: string | undefined;

  private constructor(
    transports: Transport[],
    private readonly options: ListenOptions,
    reports: Reports,
  ) {
    const { publicAddress } = options;
    this.#transports = transports;
    this.#publicName = publicAddress === undefined ? undefined : this.#followName(publicAddress, reports);
  }

  /**
   * Opens the transports: UDP and TCP on one port, TLS on its own.
   * @throws ListenError
   */
  static async open(endpoint: Endpoint, options: ListenOptions, reports: Reports): Promise<Listening> {
    const { tls, ...others } = options;
    const identity = await tls?.identity();
    if (identity) endpoint.setTlsIdentity(identity);
    const usable = identity ? options : others;
    return new Listening([...(await openOnOnePort(endpoint, usable))], options, reports);
  }

  get addresses(): readonly EngineAddress[] {
    return this.#transports.map(addressOf);
  }

  /**
   * Listens over TLS, too, where the certificate was not there in time.
   * @throws ListenError
   */
  async addTls(endpoint: Endpoint, port: number): Promise<EngineAddress> {
    const transport = await openOne(endpoint, this.options, 'tls', port);
    if (this.#mediaAddress !== undefined) transport.setMediaAddress(this.#mediaAddress);
    this.#transports.push(transport);
    return addressOf(transport);
  }

  /** The names and addresses under which the box is reached. */
  get hosts(): readonly string[] {
    const { publicAddress } = this.options;
    const own = this.#transports.map(({ address }) => address);
    return publicAddress === undefined ? own : [...own, publicAddress];
  }

  stop(): void {
    this.#publicName?.stop();
  }

  /** Media needs an address even where the box is known by name. */
  #followName(name: string, { emit }: Reports): PublicName {
    const publicName = new PublicName(name, (news) => {
      try {
        if ('address' in news) this.#setMediaAddress(news.address);
        emit({ type: 'publicName', name, ...news });
      } catch (error) {
        emit({ type: 'publicName', name, reason: error instanceof Error ? error.message : String(error) });
      }
    });
    publicName.start();
    return publicName;
  }

  #setMediaAddress(address: string): void {
    this.#mediaAddress = address;
    for (const transport of this.#transports) transport.setMediaAddress(address);
  }
}

const addressOf = ({ protocol, address, port }: Transport): EngineAddress => ({ protocol, address, port });

/** How often another port is tried where any will do. */
const mostPortsTried = 20;

/** Where any port will do, one that is free for the first protocol may be taken for another: then the next one is tried. */
async function openOnOnePort(endpoint: Endpoint, options: ListenOptions): Promise<readonly Transport[]> {
  for (let left = mostPortsTried; left > 1; left--) {
    try {
      return await openAll(endpoint, options);
    } catch (error) {
      if (options.port !== 0 || !isTaken(error)) throw error;
    }
  }
  return openAll(endpoint, options);
}

const isTaken = (error: unknown): boolean => error instanceof ListenError && error.why === 'inUse';

/** Opens all of them or none. */
async function openAll(endpoint: Endpoint, options: ListenOptions): Promise<readonly Transport[]> {
  const opened: Transport[] = [];
  try {
    for (const protocol of options.transports)
      opened.push(await openOne(endpoint, options, protocol, opened[0]?.port ?? options.port));
    if (options.tls) opened.push(await openOne(endpoint, options, 'tls', options.tls.port));
    return opened;
  } catch (error) {
    for (const transport of opened) transport.close();
    throw error;
  }
}

async function openOne(
  endpoint: Endpoint,
  { address, publicAddress }: ListenOptions,
  protocol: TransportOptions['protocol'],
  port: number,
): Promise<Transport> {
  const named = publicAddress === undefined ? {} : { publicAddress };
  return endpoint
    .addTransport({ protocol, address, port, ...named })
    .catch((error: unknown) => refuseToListen(error, port));
}

/** Where PJSIP's codes for system errors begin. */
const systemErrors = 120_000;
const listenFaults: ReadonlyMap<number, ListenError['why']> = new Map([
  [constants.errno.EADDRINUSE, 'inUse'],
  [constants.errno.EADDRNOTAVAIL, 'notOurs'],
  [constants.errno.EACCES, 'notAllowed'],
]);

function refuseToListen(error: unknown, port: number): never {
  if (!(error instanceof PjsipError)) throw error;
  throw new ListenError(error.message, port, listenFaults.get(error.status - systemErrors) ?? 'other', error);
}
