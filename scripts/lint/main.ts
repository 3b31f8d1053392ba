import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { violationsIn } from './layering.js';
import { leaksIn } from './ways-out.js';

/** Prints every import of `src` that breaks the layering law, and everything that could carry something out of the box by another way than those listed; ends with 1 when there is one. */
const files = globSync('**/*.{ts,tsx}', { cwd: 'src', ignore: ['**/node_modules/**', '**/dist/**', '**/build/**'] });
const laws = { 'scripts/lint/layers.ts': violationsIn, 'scripts/lint/ways-out.ts': leaksIn };
const violations = files.flatMap((path) => {
  const text = readFileSync(`src/${path}`, 'utf8');
  return Object.entries(laws).flatMap(([law, find]) => find(path, text).map((violation) => ({ law, ...violation })));
});
for (const { law, file, line, reason } of violations) console.error(`src/${file}:${line} ${reason} (${law})`);
process.exitCode = violations.length === 0 ? 0 : 1;
