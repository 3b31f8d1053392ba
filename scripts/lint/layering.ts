import { posix } from 'node:path';
import { importsOf } from './imports.js';
import { layerOf, layers } from './layers.js';

/** An import that the layering law forbids. */
export interface Violation {
  /** Path below `src`. */
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** What in a module breaks the layering law. `file` is its path below `src`. */
export function violationsIn(file: string, text: string): Violation[] {
  const key = layerOf(file);
  const layer = key === undefined ? undefined : layers[key];
  if (key === undefined || !layer) return [{ file, line: 1, reason: 'belongs to no room of scripts/lint/layers.ts' }];
  return importsOf(text, file.endsWith('.tsx') ? 'tsx' : 'ts').flatMap(({ specifier, line, typeOnly }) => {
    const target = targetOf(file, specifier);
    const allowed = typeOnly ? [...layer.may, ...(layer.mayTypes ?? [])] : layer.may;
    if (target.layer !== key && !allowed.some((entry) => covers(entry, target))) {
      return [{ file, line, reason: `${key} may not import ${specifier}` }];
    }
    return layer.typesOnly && !typeOnly ? [{ file, line, reason: `${key} may import types only` }] : [];
  });
}

/** What an import reaches: a file of `src` and its room or part, or what lies outside, in the words of the table. */
interface Target {
  readonly path: string;
  readonly layer: string;
}

function targetOf(file: string, specifier: string): Target {
  if (specifier.startsWith('node:')) return { path: specifier, layer: 'node' };
  if (!specifier.startsWith('.')) return { path: specifier, layer: `npm:${specifier}` };
  const path = posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts');
  return { path, layer: layerOf(path) ?? path };
}

const nativePackage = /^npm:node-pjsua2(\/|$)/;

/** Whether an entry of the table, a room or a single file, allows a target. */
function covers(entry: string, { path, layer }: Target): boolean {
  if (entry === 'packages') return layer.startsWith('npm:') && !nativePackage.test(layer);
  return entry === layer || entry === path;
}
