import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { installation } from './installation.js';

/** Version of the product, as in package.json. */
export const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(installation.packageFile, 'utf8')));
