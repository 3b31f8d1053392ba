/** A node of the syntax tree, as rolldown's parser makes it (ESTree). */
export interface Node {
  readonly type: string;
  readonly start: number;
}

/** Visits every node below a value, each with the node that it stands in. */
export function visit(
  value: unknown,
  found: (node: Node, parent: Node | null) => void,
  parent: Node | null = null,
): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found, parent);
  } else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) found(value, parent);
    const inside = isNode(value) ? value : parent;
    for (const part of Object.values(value)) visit(part, found, inside);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The name of an identifier; undefined for every other node. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== 'Identifier') return undefined;
  const name: unknown = Reflect.get(node, 'name');
  return typeof name === 'string' ? name : undefined;
}

/** In which line a node begins, counted from 1. */
export const lineOf = (text: string, { start }: Node): number => text.slice(0, start).split('\n').length;
