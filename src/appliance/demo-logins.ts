import type { Caller } from '../admin/operation.js';
import type { Language } from '../primitives/language.js';
import type { DemoLogin, DemoNotes } from '../store/settings/first-settings.js';
import type { AdminParts } from './faces/admin-parts.js';

/**
 * Lets those of the demonstration sign in where nobody can yet.
 * @param onNext Called before each password is made or checked, which takes long on purpose.
 * @returns those who can do so as noted: nobody has changed their password.
 */
export async function openDemoLogins(
  { access, users }: Pick<AdminParts, 'access' | 'users'>,
  { logins }: DemoNotes,
  language: Language,
  onNext: () => void,
): Promise<readonly DemoLogin[]> {
  const demonstration: Caller = {
    kind: 'console',
    name: 'demo',
    rights: [],
    roles: new Set(['admin']),
    extension: null,
    language,
  };
  if (!access.hasAdmin)
    for (const { role, ...login } of logins) {
      onNext();
      await users.set({ ...login, roles: [role], language }, demonstration);
    }
  const asNoted: DemoLogin[] = [];
  for (const login of logins) {
    onNext();
    if (await users.isPasswordOf(login.name, login.password)) asNoted.push(login);
  }
  return asNoted;
}
