import { operations } from '../../admin/operations.js';
import { type Usage, usageOf } from './usage.js';

/** An operation that a command of its own asks for. */
export function usageNamed(name: string): Usage {
  const operation = operations.find((each) => each.name === name);
  if (!operation) throw new Error(`there is no operation ${name}`);
  return usageOf(operation);
}
