import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Caller } from '../../../src/admin/operation.js';
import { Access } from '../../../src/admin/users/access.js';
import type { AccessPlace } from '../../../src/admin/users/access-place.js';
import { UsersAdmin } from '../../../src/admin/users/users-admin.js';
import type { PasswordHashing } from '../../../src/crypto/password-hash.js';
import { needsExtension, type Role } from '../../../src/primitives/roles.js';
import type { AccessFact } from '../../../src/store/users/access-fact.js';
import { UserStore } from '../../../src/store/users/user-store.js';

export const start = Date.UTC(2026, 2, 4, 12);
export const password = 'correct horse battery';

/** In the form of the real ones, at none of their cost: what is tested here is who may come in. */
const quickPasswords: PasswordHashing = {
  hash: async (text) => quickHash(text, randomBytes(16).toString('base64').slice(0, 22)),
  matches: async (text, hash) => hash !== null && hash === quickHash(text, hash.split('$')[3] ?? ''),
};

function quickHash(text: string, salt: string): string {
  const digest = createHash('sha256').update(`${salt}${text}`).digest('base64').slice(0, 43);
  return `$scrypt$ln=15,r=8,p=3$${salt}$${digest}`;
}

/** Users on disk, and a clock to be moved by hand. */
export class TestBox {
  readonly facts: AccessFact[] = [];
  readonly errors: unknown[] = [];
  readonly clock: { now: number; wall: { time: number; state: 'set' | 'behind' | 'notSet' } } = {
    now: 0,
    wall: { time: start, state: 'set' },
  };
  private constructor(
    readonly store: UserStore,
    readonly access: Access,
    readonly users: UsersAdmin,
  ) {}

  static async open(folder: string): Promise<TestBox> {
    const store = await UserStore.open(join(folder, 'users.json'), () => start);
    const box: TestBox[] = [];
    const place: AccessPlace = {
      store,
      passwords: quickPasswords,
      clock: {
        get now() {
          return box[0]?.clock.now ?? 0;
        },
        get wall() {
          return box[0]?.clock.wall ?? { time: start, state: 'set' as const };
        },
      },
      record: (fact) => box[0]?.facts.push(fact),
      onError: (error) => box[0]?.errors.push(error),
    };
    const access = new Access(place);
    const made = new TestBox(store, access, new UsersAdmin(place, access));
    box.push(made);
    return made;
  }

  /** Time passes. */
  wait(ms: number): void {
    this.clock.now += ms;
    this.clock.wall = { ...this.clock.wall, time: this.clock.wall.time + ms };
  }

  login(name: string, typed = password, code: string | null = null, source = '192.0.2.1') {
    return this.access.login({ name, password: typed, code, source });
  }

  /** Makes the first admin. */
  async claim(name = 'ada', source = '192.0.2.1') {
    const code = this.access.oneTimeCode ?? '';
    return this.access.claim({ code, name, password, language: 'de', source });
  }

  async add(name: string, roles: readonly Role[], by = person('ada')) {
    const extension = roles.some(needsExtension) ? '100' : null;
    return this.users.set({ name, roles, extension, language: 'en', password }, by);
  }

  /** Signs somebody in who can. */
  async session(name: string): Promise<string> {
    const outcome = await this.login(name);
    if (!outcome.ok) throw new Error(`cannot sign in: ${outcome.reason}`);
    return outcome.session;
  }
}

export const person = (name: string, roles: readonly Role[] = ['admin'], kind: Caller['kind'] = 'user'): Caller => ({
  kind,
  name,
  rights: [`${kind} ${name}`],
  roles: new Set(roles),
  extension: null,
  language: 'en',
});
