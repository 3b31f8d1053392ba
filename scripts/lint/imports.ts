import { parseAst } from 'rolldown/parseAst';
import { isNode, lineOf, nameOf, type Node as SyntaxNode, visit } from './syntax.js';

/** One way in which a module names another. */
export interface Import {
  readonly specifier: string;
  /** Counts from 1. */
  readonly line: number;
  /** Whether nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
  /** What is taken by name; null where it could be anything. */
  readonly names: readonly string[] | null;
}

interface Node extends SyntaxNode {
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
    found.push({ specifier, line: lineOf(text, node), typeOnly: isTypeOnly(node), names: namesIn(node) });
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

/** What a declaration takes of a module by name; null where it could be anything, as with a namespace or a module that is read later. */
function namesIn(node: Node): readonly string[] | null {
  const specifiers: unknown = Reflect.get(node, 'specifiers');
  if (!Array.isArray(specifiers)) return null;
  const names = specifiers
    .filter((each) => !isTypeOnly(each))
    .map((each) => nameOf(Reflect.get(each, each.type === 'ExportSpecifier' ? 'local' : 'imported')));
  return names.every((name) => name !== undefined) ? names : null;
}
