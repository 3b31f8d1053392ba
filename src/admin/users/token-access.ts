import { mayPassOn } from '../../primitives/roles.js';
import { tokenOf } from '../../store/users/secrets.js';
import { findUser, type Token } from '../../store/users/users-schema.js';
import type { Caller } from '../operation.js';
import type { AccessPlace } from './access-place.js';
import { callerOf, rightOf } from './caller-of.js';

/** Identifies the holders of tokens, and notes when each token was last used. */
export class TokenAccess {
  readonly #daysNoted = new Map<string, string>();

  constructor(private readonly place: AccessPlace) {}

  /** Whose token it is; null if it is nobody's. */
  callerBy(text: string): Caller | null {
    const { current } = this.place.store;
    const token = tokenOf(text, current.tokens);
    const owner = token && findUser(current, token.owner);
    if (!token || !owner || this.#isExpired(token)) return null;
    this.#noteUse(token);
    const roles = token.roles.filter((role) => mayPassOn(owner.roles, role));
    const caller = callerOf(owner);
    const rights = [...caller.rights, rightOf({ token: token.id })];
    return { ...caller, kind: 'token', name: token.name, rights, roles: new Set(roles) };
  }

  /** While the clock is not set, it is at least as late as the latest known time. */
  #isExpired({ expires }: Token): boolean {
    return expires !== null && this.place.clock.wall.time >= Date.parse(expires);
  }

  /** Written once a day, so that an admin sees which tokens nobody uses. */
  #noteUse({ id, lastUsedDay }: Token): void {
    const { time, state } = this.place.clock.wall;
    const day = new Date(time).toISOString().slice(0, 10);
    if (state !== 'set' || lastUsedDay === day || this.#daysNoted.get(id) === day) return;
    this.#daysNoted.set(id, day);
    this.place.store
      .change((all) => ({
        ...all,
        tokens: all.tokens.map((each) => (each.id === id ? { ...each, lastUsedDay: day } : each)),
      }))
      .catch(this.place.onError);
  }
}
