import { asProblem } from './api-problem.js';
import { request } from './request.js';
import { endSessionOf, session } from './session.js';
import type { BasisOf, InputOf, Method, OutputOf, PathOf } from './table.js';

/**
 * Asks for an operation of the table, or tells it. Whoever turns out not to be signed in any more is shown the way in.
 * Rejects with an `ApiProblem`.
 */
export async function ask<M extends Method, Path extends PathOf<M>>(
  method: M,
  path: Path,
  fields: InputOf<M, Path>,
  ...[basis]: BasisOf<M, Path>
): Promise<OutputOf<M, Path>> {
  const person = session.peek();
  try {
    return (await request({ method, path, fields, basis })) as OutputOf<M, Path>;
  } catch (error) {
    if (asProblem(error).code === 'request.notSignedIn') endSessionOf(person);
    throw error;
  }
}
