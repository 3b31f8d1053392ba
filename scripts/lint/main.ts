import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { violationsIn } from './layering.js';

/** Prints every import of `src` that breaks the layering law; ends with 1 when there is one. */
const files = globSync('**/*.{ts,tsx}', { cwd: 'src', ignore: ['**/node_modules/**', '**/dist/**', '**/build/**'] });
const violations = files.flatMap((file) => violationsIn(file, readFileSync(`src/${file}`, 'utf8')));
for (const { file, line, reason } of violations)
  console.error(`src/${file}:${line} ${reason} (scripts/lint/layers.ts)`);
process.exitCode = violations.length === 0 ? 0 : 1;
