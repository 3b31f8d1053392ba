import { ApiProblem, type Fault } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { findEveryFault } from '../kit/form/every-fault.js';
import { say } from '../texts.js';

/** A phone as it is asked for. */
export interface NewPhone {
  /** Its place in the form. */
  readonly row: number;
  readonly number: string;
  readonly name: string;
  readonly consents: boolean;
}

export interface MadePhone {
  readonly number: string;
  readonly name: string;
  readonly password: string;
}

/** Those rows of the form that have a name. */
export const phonesOf = (fields: Readonly<Record<string, string>>, rows: number): readonly NewPhone[] =>
  Array.from({ length: rows }, (_, row) => ({
    row,
    number: (fields[`number-${row}`] ?? '').trim(),
    name: (fields[`name-${row}`] ?? '').trim(),
    consents: fields[`consents-${row}`] !== undefined,
  })).filter(({ name }) => name !== '');

/**
 * Makes all of them, or none if one has a mistake.
 * @param taken Numbers that are in use already.
 */
export async function makePhones(
  phones: readonly NewPhone[],
  taken: readonly string[],
  basis: number,
): Promise<readonly MadePhone[]> {
  if (phones.length === 0) throw new ApiProblem(0, 'page', say('setUp.noNames'));
  requireFree(phones, taken);
  for (const phone of phones) await put(phone, basis, true);
  const made: MadePhone[] = [];
  let version = basis;
  for (const phone of phones) {
    const answer = await put(phone, version, false);
    version = answer.version;
    made.push({ number: phone.number, name: phone.name, password: answer.password ?? '' });
  }
  return made;
}

/** @throws ApiProblem with all that is wrong with them. */
export const checkPhones = (phones: readonly NewPhone[], taken: readonly string[]): Promise<void> =>
  findEveryFault(() => requireFree(phones, taken), ...phones.map((phone) => () => put(phone, '*', true)));

async function put({ row, ...phone }: NewPhone, basis: number | '*', dryRun: boolean) {
  try {
    return await ask('PUT', '/extensions/{number}', { ...phone, password: 'generate', dryRun }, basis);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const faults = error.faults.map((fault) => ({ ...fault, path: [`${String(fault.path.at(-1))}-${row}`] }));
    throw new ApiProblem(error.status, error.code, error.message, faults, error.params);
  }
}

/** To set a number that is in use would change whoever has it. */
function requireFree(phones: readonly NewPhone[], taken: readonly string[]): void {
  const faults = phones.flatMap(({ row, number }, index): Fault[] => {
    const isTaken = taken.includes(number) || phones.slice(0, index).some((other) => other.number === number);
    return isTaken ? [{ path: [`number-${row}`], code: 'page.numberTaken', text: say('setUp.numberTaken') }] : [];
  });
  if (faults.length > 0)
    throw new ApiProblem(0, 'page', say('form.fault', { reason: say('setUp.numberTaken') }), faults);
}

/** The next numbers from 101 on that nobody has. */
export function freeNumbers(taken: readonly string[], count: number): readonly string[] {
  const free: string[] = [];
  for (let number = 101; free.length < count; number += 1)
    if (!taken.includes(String(number))) free.push(String(number));
  return free;
}
