import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessTree } from '../process-tree.js';
import type { Cost } from './figures.js';

export interface Trees {
  readonly box: ProcessTree;
  readonly browser: ProcessTree;
}

/** @param meanwhile What happens in this time; it may take longer. */
export async function costOver(
  { box, browser }: Trees,
  seconds: number,
  meanwhile: () => Promise<void> = async () => {},
): Promise<Cost> {
  const used = () => ({ box: box.cpuSeconds(), browser: browser.cpuSeconds(), at: performance.now() / 1000 });
  const before = used();
  await Promise.all([pause(seconds * 1000), meanwhile()]);
  const after = used();
  const percent = (of: 'box' | 'browser') => (100 * (after[of] - before[of])) / (after.at - before.at);
  return { box: percent('box'), browser: percent('browser') };
}
