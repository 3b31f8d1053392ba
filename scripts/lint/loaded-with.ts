import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importsOf } from './imports.js';

/** What is loaded with a module of `source`, before anything asks for it: its modules by path, packages and Node's own by name. */
export function loadedWith(source: string, module: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(module)) return found;
  found.add(module);
  const text = readFileSync(join(source, module), 'utf8');
  const lines = text.split('\n');
  for (const { specifier, line, typeOnly } of importsOf(text)) {
    if (typeOnly || lines[line - 1]?.includes('import(')) continue;
    if (specifier.startsWith('.')) loadedWith(source, join(dirname(module), specifier.replace(/\.js$/, '.ts')), found);
    else found.add(specifier);
  }
  return found;
}
