import { z } from 'zod';
import { type Caller, roles } from '../../admin/operation.js';
import { RequestProblem } from '../problem/problem.js';
import { type Answer, aboutOf, apiPrefix, type Route, type Visit } from '../route.js';
import type { Access, LoginOutcome } from './access.js';
import { noSessionCookie, sessionCookie } from './credential.js';

/** Many times what a name and a password need. */
const longestLogin = 4096;

const whoami = z.object({
  name: z.string(),
  roles: z.array(z.enum(roles)),
  extension: z.string().nullable(),
});

const login = z.strictObject({
  name: z.string().min(1).max(100),
  password: z.string().min(1).max(1000),
  code: z.string().max(20).nullable().default(null),
});

const claim = z.strictObject({
  code: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  password: z.string().min(1).max(1000),
  language: z.enum(['de', 'en']),
});

const ways = z.object({
  /** Whether the one-time code of the box makes somebody admin now. */
  canClaim: z.boolean(),
  /** Whether there is nothing here but a demonstration. */
  isDemo: z.boolean(),
  /** Address of the front panel of a simulated board; null where there is none. */
  frontPanel: z.string().nullable(),
});

/** Who is signed in. */
export type Whoami = z.output<typeof whoami>;
export type Login = z.input<typeof login>;
export type Claim = z.input<typeof claim>;
export type Ways = z.output<typeof ways>;
/** What the box tells those who are not signed in, besides. */
export type Guide = Omit<Ways, 'canClaim'>;

const path = `${apiPrefix}/session` as const;

/** Signing in, showing as whom, and signing out. */
export const sessionRoutes = (access: Access, guide: Guide): readonly Route[] => [
  {
    id: 'sessionLogin',
    method: 'POST',
    path,
    about: aboutOf('route.sessionLogin'),
    roles: 'anyone',
    input: login,
    output: whoami,
    longestBody: longestLogin,
    async answer(input, visit) {
      return signedIn(access, await access.login({ ...login.parse(input), source: visit.source }), visit);
    },
  },
  {
    id: 'sessionClaim',
    method: 'POST',
    path: `${path}/claim`,
    about: aboutOf('route.sessionClaim'),
    roles: 'anyone',
    input: claim,
    output: whoami,
    longestBody: longestLogin,
    async answer(input, visit) {
      const outcome = await access.claim({ ...claim.parse(input), source: visit.source });
      // The name and the password are new: only the code can be wrong.
      if (!outcome.ok && outcome.reason === 'wrong')
        throw new RequestProblem({ code: 'request.wrongOneTimeCode' }, { path: ['code'] });
      return signedIn(access, outcome, visit);
    },
  },
  {
    id: 'sessionShow',
    method: 'GET',
    path,
    about: aboutOf('route.sessionShow'),
    roles,
    input: z.strictObject({}),
    output: whoami,
    longestBody: 0,
    async answer(_input, { caller }) {
      return { value: caller && shown(caller) };
    },
  },
  {
    id: 'sessionWays',
    method: 'GET',
    path: `${path}/ways`,
    about: aboutOf('route.sessionWays'),
    roles: 'anyone',
    input: z.strictObject({}),
    output: ways,
    longestBody: 0,
    async answer() {
      return { value: { ...guide, canClaim: access.canBeClaimed } };
    },
  },
  {
    id: 'sessionLogout',
    method: 'DELETE',
    path,
    about: aboutOf('route.sessionLogout'),
    roles: 'anyone',
    input: z.strictObject({}),
    output: z.void(),
    longestBody: 0,
    async answer(_input, { credential, isSecure }) {
      if (credential.kind === 'session') await access.logout(credential.id);
      return { value: undefined, headers: { 'set-cookie': noSessionCookie(isSecure) } };
    },
  },
];

async function signedIn(access: Access, outcome: LoginOutcome, { credential, isSecure }: Visit): Promise<Answer> {
  if (!outcome.ok) throw refusal(outcome);
  // No session is kept that another may know.
  if (credential.kind === 'session') await access.logout(credential.id);
  const { session, lastsSeconds, caller } = outcome;
  return { value: shown(caller), headers: { 'set-cookie': sessionCookie(session, lastsSeconds, isSecure) } };
}

const shown = (caller: Caller) => ({
  name: caller.name,
  roles: [...caller.roles],
  extension: caller.extension,
});

const refusalCodes = {
  wrong: 'request.wrongLogin',
  codeNeeded: 'request.secondFactorNeeded',
  clockNotSet: 'request.clockNotSet',
} as const;

function refusal(outcome: Extract<LoginOutcome, { ok: false }>): RequestProblem {
  if (outcome.reason !== 'locked') return new RequestProblem({ code: refusalCodes[outcome.reason] });
  const seconds = Math.max(1, Math.ceil(outcome.waitSeconds));
  return new RequestProblem(
    { code: 'request.tooManyAttempts', params: { seconds } },
    { headers: { 'retry-after': String(seconds) } },
  );
}
