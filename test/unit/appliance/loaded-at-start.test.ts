import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { importsOf } from '../../../scripts/lint/imports.js';

const source = fileURLToPath(new URL('../../../src', import.meta.url));

/** What is loaded with a module, before anything asks for it: its modules by path, packages and Node's own by name. */
function loadedWith(module: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(module)) return found;
  found.add(module);
  const text = readFileSync(join(source, module), 'utf8');
  const lines = text.split('\n');
  for (const { specifier, line, typeOnly } of importsOf(text)) {
    if (typeOnly || lines[line - 1]?.includes('import(')) continue;
    if (specifier.startsWith('.')) loadedWith(join(dirname(module), specifier.replace(/\.js$/, '.ts')), found);
    else found.add(specifier);
  }
  return found;
}

it('loads nothing of the server for browsers and programs before telephony runs: it is as large as the rest', () => {
  const loaded = [...loadedWith('appliance/appliance.ts')];
  expect(loaded).toContain('gateway/gateway.ts');
  const large =
    /^(hono|@hono\/.*|node:https?|node:http2|uqr|web\/(?!access\/access|events\/feed).*|.*-operations\.ts)$/;
  expect(loaded.filter((each) => large.test(each))).toEqual([]);
});
