import { isDeepStrictEqual } from 'node:util';
import type { EngineEvent, ExtensionAccount, TrunkAccount } from '../../src/engine/engine.js';
import type { ExtensionNumber, TrunkId } from '../../src/primitives/ids.js';
import type { LegEvent } from '../../src/switchboard/events.js';

type Origin = Extract<LegEvent, { type: 'incoming' }>['origin'];

/** The accounts of the simulated engine. As long as nobody sets them, everybody has one. */
export class SimulatedAccounts {
  #passwords: ReadonlyMap<ExtensionNumber, string> | undefined;
  #trunks: ReadonlyMap<TrunkId, TrunkAccount> | undefined;

  /** Returns the extensions whose registrations end. */
  setExtensions(accounts: readonly ExtensionAccount[]): ReadonlySet<ExtensionNumber> {
    const before = this.#passwords ?? new Map<ExtensionNumber, string>();
    const now = new Map(accounts.map(({ number, password }) => [number, password]));
    this.#passwords = now;
    return new Set([...before].flatMap(([number, password]) => (now.get(number) === password ? [] : [number])));
  }

  /** Returns what is reported at once. */
  setTrunks(accounts: readonly TrunkAccount[]): readonly EngineEvent[] {
    const before = this.#trunks ?? new Map<TrunkId, TrunkAccount>();
    const now = new Map(accounts.map((trunk) => [trunk.id, trunk]));
    this.#trunks = now;
    const gone = [...before.keys()].filter((id) => !now.has(id));
    const changed = accounts.filter((trunk) => !isDeepStrictEqual(before.get(trunk.id), trunk));
    return [
      ...gone.map((trunk) => ({ type: 'trunkDown', trunk, reason: 'removed' }) as const),
      ...changed.map((trunk) => opened(trunk)),
    ];
  }

  hasTrunk(trunk: TrunkId): boolean {
    return this.#trunks?.has(trunk) ?? true;
  }

  has(origin: Origin): boolean {
    if (origin.kind === 'trunk') return this.hasTrunk(origin.trunk);
    return this.#passwords?.has(origin.number) ?? true;
  }

  /** Whether this is the password of the extension. */
  isRight(extension: ExtensionNumber, password: string): boolean {
    return this.#passwords === undefined || this.#passwords.get(extension) === password;
  }
}

function opened({ id, kind }: TrunkAccount): EngineEvent {
  if (kind === 'address') return { type: 'trunkUp', trunk: id };
  return { type: 'trunkDown', trunk: id, reason: 'not registered yet' };
}
