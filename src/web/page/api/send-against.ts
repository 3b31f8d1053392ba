import { asProblem, versionChanged } from './api-problem.js';
import { changesAt, type SettingsChange } from './settings-change.js';

/** Somebody was faster: what they have changed of the same thing. */
export class Conflict extends Error {
  constructor(
    /** The version that is there now. */
    readonly version: number,
    /** Null where the box does not know any more. */
    readonly changes: readonly SettingsChange[] | null,
  ) {
    super('somebody was faster');
    this.name = 'Conflict';
  }
}

/** More than so many changes by others within one of ours would be no chance. */
const mostTries = 5;

/**
 * Makes a change against the version that somebody has seen. The settings have one version for all of them: a change by others that
 * concerns another place is no conflict.
 * @param place of the settings that is changed.
 * @throws Conflict, ApiProblem
 */
export async function sendAgainst<Answer>(
  place: readonly string[],
  version: number,
  send: (basis: number) => Promise<Answer>,
): Promise<Answer> {
  let basis = version;
  for (let tries = 1; ; tries += 1) {
    try {
      return await send(basis);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code !== versionChanged || problem.version === null) throw problem;
      const changes = problem.changes && changesAt(place, problem.changes);
      if (!changes || changes.length > 0 || tries === mostTries) throw new Conflict(problem.version, changes);
      basis = problem.version;
    }
  }
}
