import { signal } from '@preact/signals';
import type { Role } from '../../../admin/operation.js';
import type { Claim, Login, Ways, Whoami } from '../../access/session-routes.js';
import { type ApiProblem, asProblem } from './api-problem.js';
import { type Question, request } from './request.js';

/** Who is signed in; null if nobody is, undefined until that is known. */
export const session = signal<Whoami | null | undefined>(undefined);

/** Why it is not known who is signed in. */
export const sessionProblem = signal<ApiProblem | null>(null);

/** Why somebody has to sign in again who was signed in. */
export const whyEnded = signal<'ended' | 'passwordChanged' | null>(null);

/** Shows the way in again. The box ends the page's events before it answers what ended the session: the answer knows more. */
export function endSession(why: 'ended' | 'passwordChanged'): void {
  if (session.value || why === 'passwordChanged') whyEnded.value = why;
  session.value = null;
}

/** Shows the way in again because of an answer to what was asked as this person; whoever has signed in anew meanwhile stays. */
export function endSessionOf(person: typeof session.value): void {
  if (session.value === person) endSession('ended');
}

const path = '/session';

/** Finds out who is signed in. */
export async function restoreSession(): Promise<void> {
  try {
    sessionProblem.value = null;
    session.value = await whoami({ method: 'GET', path, fields: {} });
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status === 401) session.value = null;
    else sessionProblem.value = problem;
  }
}

/** Shows the way in again if the box does not know any more who is signed in, as after a restart. */
export async function checkSession(): Promise<void> {
  const person = session.peek();
  await request({ method: 'GET', path, fields: {} }).catch((error: unknown) => {
    if (asProblem(error).status === 401) endSessionOf(person);
  });
}

export async function signIn(login: Login): Promise<void> {
  session.value = await whoami({ method: 'POST', path, fields: login });
}

/** How those get in who are not signed in. */
export const waysIn = async (): Promise<Ways> =>
  (await request({ method: 'GET', path: `${path}/ways`, fields: {} })) as Ways;

/**
 * Becomes admin by the one-time code.
 * @param beforeShown What is done before the page shows anything to them; that it may fail keeps nobody out.
 */
export async function claim(claimed: Claim, beforeShown: () => Promise<void>): Promise<void> {
  const person = await whoami({ method: 'POST', path: `${path}/claim`, fields: claimed });
  await beforeShown().catch(() => undefined);
  session.value = person;
}

export async function signOut(): Promise<void> {
  await request({ method: 'DELETE', path, fields: {} });
  session.value = null;
  whyEnded.value = null;
}

/** Whether whoever is signed in has one of these roles; an admin has all. */
export function hasRole(...roles: readonly Role[]): boolean {
  const own = session.value?.roles ?? [];
  return own.includes('admin') || roles.some((role) => own.includes(role));
}

async function whoami(question: Question): Promise<Whoami> {
  const person = (await request(question)) as Whoami;
  whyEnded.value = null;
  return person;
}
