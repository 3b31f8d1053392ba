import { parseAst } from 'rolldown/parseAst';

/** One way in which a module names another. */
export interface Import {
  readonly specifier: string;
  /** Counts from 1. */
  readonly line: number;
  /** Whether nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly importKind?: unknown;
  readonly exportKind?: unknown;
  readonly source?: unknown;
  readonly argument?: unknown;
}

/** Every import of a TypeScript module, in each form that the language has: static, re-exported, dynamic and in types. */
export function importsOf(text: string, lang: 'ts' | 'tsx' = 'ts'): Import[] {
  const found: Import[] = [];
  visit(parseAst(text, { lang }), (node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return;
    const line = text.slice(0, node.start).split('\n').length;
    found.push({ specifier, line, typeOnly: isTypeOnly(node) });
  });
  return found;
}

const naming = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function specifierOf(node: Node): string | undefined {
  if (!naming.has(node.type)) return undefined;
  const source = node.source ?? (node.type === 'TSImportType' ? node.argument : undefined);
  const literal = isNode(source) && source.type === 'TSLiteralType' ? Reflect.get(source, 'literal') : source;
  const value: unknown = isNode(literal) ? Reflect.get(literal, 'value') : undefined;
  return typeof value === 'string' ? value : undefined;
}

function isTypeOnly(node: Node): boolean {
  return node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type';
}

function visit(value: unknown, found: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found);
  } else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) found(value);
    for (const part of Object.values(value)) visit(part, found);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
