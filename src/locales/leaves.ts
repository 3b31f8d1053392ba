import type { Leaf, Tree } from './tree.js';

/** Every text of a tree with its code. */
export function leavesOf(tree: Tree, path: readonly string[] = []): [string, Leaf][] {
  return Object.entries(tree).flatMap(([name, entry]): [string, Leaf][] => {
    const here = [...path, name];
    return typeof entry === 'object' ? leavesOf(entry, here) : [[here.join('.'), entry]];
  });
}
