import type { ExtensionNumber } from '../../primitives/ids.js';
import type { CallRoute } from '../dial-plan.js';
import type { SwitchboardState } from '../state.js';
import type { Forwarding } from './call-handling.js';
import type { ForwardRefused } from './forward-target.js';
import { comesBack, forwardTarget } from './forward-target.js';

/**
 * A number, after a code for the own one perhaps: what goes on behind it is a service of the public network that this box does not have,
 * such as a time. What is kept beyond a restart has 32 characters at most.
 */
const plainNumber = /^(?=.{1,32}$)(?:[*#]\d{2}#?|\*)?\+?\d+$/;

/** Where somebody wants to send their callers; why that cannot be where it cannot. */
export function orderedTarget(
  { directory, handlings }: Pick<SwitchboardState, 'directory' | 'handlings'>,
  by: ExtensionNumber,
  when: Forwarding,
  to: string,
): CallRoute | ForwardRefused {
  if (!plainNumber.test(to)) return { cause: 'notFound', isEndless: false };
  const target = forwardTarget(directory, by, to);
  if ('cause' in target) return target;
  const isCircle = when === 'always' && comesBack(handlings, directory, by, target);
  return isCircle ? { cause: 'forbidden', isEndless: true } : target;
}
