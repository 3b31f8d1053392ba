import { isIP } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { Account, Call, CallOptions, Endpoint } from 'node-pjsua2';
import type { Encryption } from '../../primitives/encryption.js';
import type { TrunkId } from '../../primitives/ids.js';
import { usualSipPorts } from '../../primitives/sip-ports.js';
import type { CallerId, Destination } from '../../switchboard/leg-commands.js';
import type { EngineEvent, TrunkAccount } from '../engine.js';
import { callerHeaders } from './caller-headers.js';
import { diversionHeader } from './diversion-header.js';
import { encryptionOver, type PossibleEncryption } from './encrypted-calls.js';
import type { Reports } from './reports.js';
import { sipUser } from './sip-user.js';

export type TrunkDestination = Extract<Destination, { kind: 'trunk' }>;

export type TrunkDialOptions = Pick<CallOptions, 'emergency' | 'sessionTimer' | 'maxForwards' | 'encryption'>;

/** The trunks: registrations, hosts whose calls are admitted by address, and outgoing calls through both. */
export class PjsuaTrunks {
  readonly #endpoint: Endpoint;
  readonly #reports: Reports;
  #trunks = new Map<TrunkId, TrunkAccount>();
  readonly #accounts = new Map<TrunkId, Account>();

  constructor(endpoint: Endpoint, reports: Reports) {
    this.#endpoint = endpoint;
    this.#reports = reports;
  }

  /** The trunks from now on. Unchanged ones are left alone, and calls go on in any case. */
  setTrunks(accounts: readonly TrunkAccount[]): void {
    const before = this.#trunks;
    this.#trunks = new Map(accounts.map((trunk) => [trunk.id, trunk]));
    this.#endpoint.setPeers(
      accounts.flatMap((trunk) =>
        trunk.kind === 'address'
          ? [{ name: trunk.id, addresses: [...trunk.addresses], encryption: encryptionOf(trunk) }]
          : [],
      ),
    );
    this.#endpoint.setTlsServers(
      accounts.flatMap((trunk) => (trunk.tls ? [{ host: serverOf(trunk), ...trunk.tls }] : [])),
    );
    for (const id of before.keys()) if (!this.#trunks.has(id)) this.#remove(id);
    for (const trunk of accounts) if (!isDeepStrictEqual(before.get(trunk.id), trunk)) this.#attempt(trunk);
  }

  /** One that cannot be opened is down, affects no other, and is tried again at the next change. */
  #attempt(trunk: TrunkAccount): void {
    const { id } = trunk;
    try {
      this.#open(trunk);
    } catch (error) {
      this.#trunks.delete(id);
      const reason = error instanceof Error ? error.message : String(error);
      this.#reports.emitSoon({ type: 'trunkRefused', trunk: id, status: 0, reason, answered: false });
      this.#reports.emitSoon({ type: 'trunkDown', trunk: id, reason });
    }
  }

  /** The trunk that this registration belongs to. */
  ofAccount(account: Account): TrunkId | undefined {
    return [...this.#accounts].find(([, candidate]) => candidate === account)?.[0];
  }

  /** The trunk of that name, if there is one. */
  named(name: string): TrunkId | undefined {
    return [...this.#trunks.keys()].find((id) => id === name);
  }

  /** How a call over the trunk goes out. */
  encryptionTo(id: TrunkId): PossibleEncryption {
    const trunk = this.#trunks.get(id);
    return trunk ? encryptionOver(trunk.transport === 'tls', encryptionOf(trunk)) : 'off';
  }

  /** Calls a number behind a trunk. Throws when the trunk is not known. */
  dial({ trunk: id, number }: TrunkDestination, callerId: CallerId, more: TrunkDialOptions): Call {
    const trunk = this.#trunks.get(id);
    if (!trunk) throw new Error(`There is no trunk ${id}.`);
    const to = `sip:${sipUser(number)}@${whereabouts(trunk)}`;
    const account = this.#accounts.get(id);
    const caller = callerHeaders(trunk.identity ?? 'from', callerId, { account: accountOf(trunk), host: trunk.host });
    const headers = { ...caller.headers, ...diverted(trunk, number, callerId) };
    return this.#endpoint.call({ to, ...caller, headers, ...more, ...(account ? { account } : {}) });
  }

  #remove(id: TrunkId): void {
    this.#close(id);
    this.#reports.emitSoon({ type: 'trunkDown', trunk: id, reason: 'removed' });
  }

  /** Its calls go on; what it reports from now on no longer matters. */
  #close(id: TrunkId): Account | undefined {
    const account = this.#accounts.get(id);
    this.#accounts.delete(id);
    account?.close();
    return account;
  }

  /** Replaces whatever had this name. */
  #open(trunk: TrunkAccount): void {
    const former = this.#close(trunk.id);
    if (trunk.kind === 'registering') this.#register(trunk, former);
    else this.#reports.emitSoon({ type: 'trunkUp', trunk: trunk.id });
  }

  #register(trunk: Extract<TrunkAccount, { kind: 'registering' }>, replaces: Account | undefined): void {
    const { id, host, transport, username, password, authName = username, proxy } = trunk;
    const encryption = encryptionOf(trunk);
    const account = this.#endpoint.addAccount({
      uri: `sip:${username}@${host}`,
      registrar: `sip:${whereabouts(trunk)}`,
      username: authName,
      password,
      encryption,
      ...(proxy ? { proxy: `sip:${whereabouts({ ...proxy, transport })}` } : {}),
      ...(replaces ? { replaces } : {}),
    });
    this.#accounts.set(id, account);
    const report = (...events: readonly EngineEvent[]) => {
      if (this.#accounts.get(id) === account) for (const event of events) this.#reports.emit(event);
    };
    account.on('registered', () => report({ type: 'trunkUp', trunk: id }));
    account.on('failed', ({ status, reason, answered }) =>
      report(
        { type: 'trunkRefused', trunk: id, status, reason, answered },
        { type: 'trunkDown', trunk: id, reason: `${status} ${reason}` },
      ),
    );
    this.#reports.emitSoon({ type: 'trunkDown', trunk: id, reason: 'not registered yet' });
  }
}

const encryptionOf = ({ encryption = 'off' }: TrunkAccount): Encryption => encryption;

/**
 * Host, port and transport for a URI. The default port is left out after a name, because only then is the name looked up by
 * its SRV record first (RFC 3263, 4.2).
 */
function whereabouts({ host, port, transport }: Pick<TrunkAccount, 'host' | 'port' | 'transport'>): string {
  return `${host}${port === usualSipPorts[transport] && isIP(host) === 0 ? '' : `:${port}`};transport=${transport}`;
}

/** The host that is spoken to. */
const serverOf = (trunk: TrunkAccount): string =>
  trunk.kind === 'registering' && trunk.proxy ? trunk.proxy.host : trunk.host;

/** By which the trunk itself is known at the other side. */
const accountOf = (trunk: TrunkAccount): string | undefined =>
  trunk.kind === 'registering' ? trunk.username : trunk.account;

const diverted = ({ diversion = 'none', host }: TrunkAccount, to: string, { divertedBy: by }: CallerId) =>
  by === undefined ? {} : diversionHeader(diversion, { by, to, host });
