import { isIP } from 'node:net';
import type { Account, Call, CallOptions, Endpoint } from 'node-pjsua2';
import type { TrunkId } from '../../primitives/ids.js';
import type { CallerId, Destination } from '../../switchboard/leg-commands.js';
import type { EngineEvent, TrunkAccount } from '../engine.js';

export type TrunkDestination = Extract<Destination, { kind: 'trunk' }>;

export type TrunkDialOptions = Pick<CallOptions, 'emergency' | 'sessionTimer' | 'maxForwards'>;

/** The trunks: registrations, hosts whose calls are admitted by address, and outgoing calls through both. */
export class PjsuaTrunks {
  readonly #endpoint: Endpoint;
  readonly #trunks: ReadonlyMap<TrunkId, TrunkAccount>;
  readonly #accounts = new Map<TrunkId, Account>();

  constructor(endpoint: Endpoint, trunks: readonly TrunkAccount[], emit: (event: EngineEvent) => void) {
    this.#endpoint = endpoint;
    this.#trunks = new Map(trunks.map((trunk) => [trunk.id, trunk]));
    endpoint.setPeers(
      trunks.flatMap((trunk) =>
        trunk.kind === 'address' ? [{ name: trunk.id, addresses: [...trunk.addresses] }] : [],
      ),
    );
    for (const trunk of trunks) if (trunk.kind === 'registering') this.#register(trunk, emit);
  }

  /** The trunk that this registration belongs to. */
  ofAccount(account: Account): TrunkId | undefined {
    return [...this.#accounts].find(([, candidate]) => candidate === account)?.[0];
  }

  /** The trunk of that name, if there is one. */
  named(name: string): TrunkId | undefined {
    return [...this.#trunks.keys()].find((id) => id === name);
  }

  /** Calls a number behind a trunk. Throws when the trunk is not known. */
  dial({ trunk: id, number }: TrunkDestination, callerId: CallerId, more: TrunkDialOptions): Call {
    const trunk = this.#trunks.get(id);
    if (!trunk) throw new Error(`There is no trunk ${id}.`);
    const to = `sip:${number.replace('#', '%23')}@${whereabouts(trunk)}`;
    const account = this.#accounts.get(id);
    const shown = callerId.number === '' ? withheld(callerId, trunk.host) : named(callerId);
    return this.#endpoint.call({ to, ...shown, ...more, ...(account ? { account } : {}) });
  }

  #register(trunk: Extract<TrunkAccount, { kind: 'registering' }>, emit: (event: EngineEvent) => void): void {
    const { id, host, username, password } = trunk;
    const account = this.#endpoint.addAccount({
      uri: `sip:${username}@${host}`,
      registrar: `sip:${whereabouts(trunk)}`,
      username,
      password,
    });
    this.#accounts.set(id, account);
    account.on('registered', () => emit({ type: 'trunkUp', trunk: id }));
    account.on('failed', ({ status, reason, answered }) => {
      emit({ type: 'trunkRefused', trunk: id, status, reason, answered });
      emit({ type: 'trunkDown', trunk: id, reason: `${status} ${reason}` });
    });
    account.on('unregistered', () => emit({ type: 'trunkDown', trunk: id, reason: 'unregistered' }));
    account.registered.catch(() => {});
    emit({ type: 'trunkDown', trunk: id, reason: 'not registered yet' });
  }
}

const usualPort = 5060;

/**
 * Host, port and transport for a URI. The default port is left out after a name, because only then is the name looked up by
 * its SRV record first (RFC 3263, 4.2).
 */
function whereabouts({ host, port, transport }: TrunkAccount): string {
  return `${host}${port === usualPort && isIP(host) === 0 ? '' : `:${port}`};transport=${transport}`;
}

const named = ({ number, name }: CallerId) => ({ from: { user: number, displayName: name }, assertIdentity: true });

/** Without this request the network would show the trunk's number (RFC 3323, RFC 3325). */
function withheld({ asserted }: CallerId, host: string) {
  const identity: Readonly<Record<string, string>> =
    asserted === undefined ? {} : { 'P-Asserted-Identity': `<sip:${asserted}@${host}>` };
  return { from: { user: 'anonymous', displayName: 'Anonymous' }, headers: { Privacy: 'id', ...identity } };
}
