import { ranges } from './ranges.js';

/** Whether a request takes answers of this type (RFC 9110, 12.5.1): the range that fits most closely decides. */
export function isAccepted(accept: string | undefined, type: string): boolean {
  const taken = ranges(accept ?? '*/*');
  const closest = [type, type.replace(/\/.*/, '/*'), '*/*']
    .map((wanted) => taken.find((range) => range.type.toLowerCase() === wanted))
    .find((range) => range !== undefined);
  return closest !== undefined && closest.q > 0;
}
