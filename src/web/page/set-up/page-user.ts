import { nameKey } from '../../../primitives/user-name.js';
import { ApiProblem, asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { language, say } from '../texts.js';

/** Whoever listens, as somebody who signs in and does so in the browser. */
export interface PageUser {
  readonly name: string;
  readonly extension: string;
  readonly password: string;
}

/**
 * Whether this user can be made.
 * @returns the version of the users in which that holds.
 * @throws ApiProblem
 */
export async function checkPageUser(user: PageUser): Promise<number> {
  const { entries, version } = await ask('GET', '/users', {});
  if (entries.some(({ name }) => nameKey(name) === nameKey(user.name))) throw isThere(user);
  await put(user, version, true);
  return version;
}

export const makePageUser = (user: PageUser, basis: number): Promise<void> => put(user, basis, false);

async function put(user: PageUser, basis: number, dryRun: boolean): Promise<void> {
  const fields = { ...user, roles: ['moderator' as const, 'member' as const], language: language.value, dryRun };
  try {
    await ask('PUT', '/users/{name}', fields, basis);
  } catch (error) {
    const { status, code, message, faults, params } = asProblem(error);
    // The password is the only field here that is about this user.
    const atPassword = faults.map((fault) => ({ ...fault, path: ['password'] }));
    throw new ApiProblem(status, code, message, atPassword, params);
  }
}

const isThere = ({ name, extension }: PageUser): ApiProblem =>
  new ApiProblem(0, 'page', say('form.seeField'), [
    { path: ['password'], code: 'page.userThere', text: say('setUp.userThere', { name, extension }), isAll: true },
  ]);
