import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));

/** What is loaded with a file of the program, before anything asks for it. */
function loadedWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/^import (?:[^;"]*? from )?"([^"]+)";$/gm);
  for (const [, name = ''] of imports) {
    if (name.startsWith('.')) loadedWith(join(dirname(file), name), found);
    else found.add(name);
  }
  return found;
}

it('the program is bundled so that telephony starts without the servers', () => {
  const loaded = ['cli/modcall.js', 'program.js', 'appliance.js'].flatMap((file) => [...loadedWith(join(dist, file))]);
  expect(loaded).toContain('node:fs/promises');
  expect(loaded.filter((name) => /^node:(?:https?|http2)$/.test(name))).toEqual([]);
});
