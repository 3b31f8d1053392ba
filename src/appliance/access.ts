import { Access } from '../admin/users/access.js';
import type { AccessPlace } from '../admin/users/access-place.js';
import { UsersAdmin } from '../admin/users/users-admin.js';
import { slowPasswords } from '../crypto/password-hash.js';
import type { BoxClock } from '../gateway/clock.js';
import { text } from '../locales/text.js';
import type { Log } from '../log/log.js';
import type { Language } from '../primitives/language.js';
import type { AuditRecord } from '../store/audit/audit.js';
import { UserStore } from '../store/users/user-store.js';

/** Opens the box to those who may sign in. */
export async function openAccess(
  path: string,
  clock: BoxClock,
  audit: AuditRecord,
  log: Log,
  language: Language,
): Promise<{ readonly access: Access; readonly users: UsersAdmin }> {
  const store = await UserStore.open(path, () => clock.wall.time);
  if (store.isFileBroken)
    log.error({ code: 'usersBroken', advice: text(language, 'access.usersBroken') }, 'the users cannot be read');
  const place: AccessPlace = {
    store,
    passwords: slowPasswords,
    clock,
    record(fact) {
      audit.append(fact).catch((error: unknown) => log.error({ error }, 'the audit record cannot be written'));
    },
    onError: (error) => log.warn({ error }, 'the users cannot be written'),
  };
  const access = new Access(place);
  return { access, users: new UsersAdmin(place, access) };
}

/** Where nobody can sign in yet, the log has a one-time code for the first admin: as soon as there is where to use it. */
export class FirstAdmin {
  #said: string | null = null;

  constructor(
    private readonly access: Pick<Access, 'oneTimeCode'>,
    private readonly log: Pick<Log, 'info' | 'warn'>,
  ) {}

  /** The box can be reached by browsers and programs. */
  served(): void {
    const { oneTimeCode: code } = this.access;
    if (code === null || code === this.#said) return;
    this.#said = code;
    this.log.warn(
      { code, advice: { code: 'access.codeUse' } },
      'nobody can sign in yet: this one-time code sets the password of the first admin',
    );
  }

  /** Its settings do not want it to be reached. */
  notServed(): void {
    if (this.access.oneTimeCode === null) return;
    this.log.info({ advice: { code: 'access.notServed' } }, 'the box is not served to browsers and programs');
  }
}
