import { z } from 'zod';
import type { Versioned } from '../store/versioned.js';

/** The version that a change is made against; null for whatever is there. */
export const basis = z.int().min(1).nullable().default(null);
export const version = z.int().min(1);

/** Whether it is only to be checked what would come of a change. */
export const dryRun = z.boolean().default(false);

/** What is shown, with the version that the next change can be made against. */
export const withVersion = async <View extends object>(
  versions: Versioned,
  view: View,
): Promise<View & { version: number }> => ({ ...view, version: await versions.version() });
