import { RequestProblem } from '../problem/problem.js';

/** The version that a change is made against, from `If-Match` (RFC 9110, 13.1.1); null for whatever is there. */
export function basisOf(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined) throw new RequestProblem({ code: 'request.versionNeeded' });
  if (ifMatch === '*') return null;
  const [, version] = /^"(\d{1,15})"$/.exec(ifMatch) ?? [];
  if (version === undefined) throw new RequestProblem({ code: 'request.badVersion' });
  return Number(version);
}
