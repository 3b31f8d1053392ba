import { nameKey } from '../../../primitives/user-name.js';
import { ApiProblem, asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { restoreSession, session } from '../api/session.js';
import type { InputOf } from '../api/table.js';
import { language, say } from '../texts.js';

/** Somebody with an extension. */
export interface Person {
  readonly number: string;
  readonly name: string;
}

/** Whoever listens, as somebody who signs in and does so in the browser. */
interface PageUser {
  readonly name: string;
  readonly extension: string;
  readonly password: string;
}

/** A user as they can be saved, against the version of the users in which that holds. */
interface Checked {
  readonly user: Wish;
  readonly basis: number;
}

type Wish = Omit<InputOf<'PUT', '/users/{name}'>, 'dryRun'>;

/** Whether whoever is signed in has this extension, or has none and is called like the person who has it. */
export function isOneself({ number, name }: Person): boolean {
  const own = session.value;
  if (!own) return false;
  return own.extension === null ? nameKey(own.name) === nameKey(name) : own.extension === number;
}

/**
 * A new user, who listens by the page.
 * @throws ApiProblem where there cannot be one.
 */
export async function newPageUser({ name, extension, password }: PageUser): Promise<Checked> {
  const { entries, version } = await ask('GET', '/users', {});
  if (entries.some((each) => nameKey(each.name) === nameKey(name))) throw isThere(name, extension);
  const roles = ['moderator', 'member'] as const;
  return checked({ name, extension, password, roles: [...roles], language: language.value }, version);
}

/**
 * Whoever is signed in, who listens by their own sign-in from now on.
 * @throws ApiProblem
 */
export async function ownPageUser(extension: string): Promise<Checked> {
  const { entries, version } = await ask('GET', '/users', {});
  const { name = '', roles = [], language: own = language.value } = entries.find(isOwn) ?? {};
  const withModerator = [...new Set([...roles, 'moderator' as const])];
  return checked({ name, extension, password: null, roles: withModerator, language: own }, version);
}

/** Saves them; whoever is signed in goes on with what they may do from now on. */
export async function savePageUser({ user, basis }: Checked): Promise<void> {
  await put(user, basis, false);
  if (isOwn(user)) await restoreSession();
}

const isOwn = ({ name }: { readonly name: string }): boolean => name === session.value?.name;

async function checked(user: Wish, basis: number): Promise<Checked> {
  await put(user, basis, true);
  return { user, basis };
}

async function put(user: Wish, basis: number, dryRun: boolean): Promise<void> {
  try {
    await ask('PUT', '/users/{name}', { ...user, dryRun }, basis);
  } catch (error) {
    if (user.password === null) throw error;
    const { status, code, message, faults, params } = asProblem(error);
    // The password is the only field here that is about a new user.
    const atPassword = faults.map((fault) => ({ ...fault, path: ['password'] }));
    throw new ApiProblem(status, code, message, atPassword, params);
  }
}

/** There is a user of that name, who is to be changed among the users. */
export const userThere = 'page.userThere';

const isThere = (name: string, extension: string): ApiProblem =>
  new ApiProblem(0, 'page', say('form.seeField'), [
    { path: ['password'], code: userThere, text: say('setUp.userThere', { name, extension }), isAll: true },
  ]);
