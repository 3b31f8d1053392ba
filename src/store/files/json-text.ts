/** Where a JSON text goes wrong. Line and column count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  /** A key that occurs twice in one object; undefined for a syntax error. */
  readonly duplicateKey: string | undefined;
  /** Nothing is written there; a power cut may leave zeroes instead. */
  readonly isEmpty: boolean;
}

export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: JsonFault };

/**
 * Parses JSON (RFC 8259) and says where it goes wrong. The messages of `JSON.parse` do not help: some name no position, others quote the
 * text, secrets included. A duplicate key, which `JSON.parse` accepts, is a fault.
 */
export function parseJson(text: string): JsonResult {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof FaultAt)) throw error;
    return { ok: false, fault: locate(text, error) };
  }
}

class FaultAt extends Error {
  constructor(
    readonly offset: number,
    readonly duplicateKey?: string,
  ) {
    super('JSON fault');
  }
}

function locate(text: string, { offset, duplicateKey }: FaultAt): JsonFault {
  const before = text.slice(0, offset).split('\n');
  const isEmpty = text.replaceAll('\0', '').trim() === '';
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, duplicateKey, isEmpty };
}

const space = /[ \t\n\r]*/y;
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 forbids exactly these inside a string
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const deepest = 64;

class Scanner {
  private offset = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  document(): void {
    this.value();
    if (this.offset < this.text.length) throw new FaultAt(this.offset);
  }

  private value(): void {
    this.skipSpace();
    const first = this.text[this.offset];
    if (first === '{') this.container('}', () => this.member(new Set()));
    else if (first === '[') this.container(']', () => () => this.value());
    else if (first === '"') this.token(string);
    else this.token(scalar);
    this.skipSpace();
  }

  /** Items between brackets, separated by commas. */
  private container(end: string, items: () => () => void): void {
    this.depth += 1;
    if (this.depth > deepest) throw new FaultAt(this.offset);
    const item = items();
    this.offset += 1;
    this.skipSpace();
    if (!this.take(end)) {
      do item();
      while (this.take(','));
      if (!this.take(end)) throw new FaultAt(this.offset);
    }
    this.depth -= 1;
  }

  private member(seen: Set<string>): () => void {
    return () => {
      this.skipSpace();
      const start = this.offset;
      const key: string = JSON.parse(this.token(string));
      if (seen.has(key)) throw new FaultAt(start, key);
      seen.add(key);
      this.skipSpace();
      if (!this.take(':')) throw new FaultAt(this.offset);
      this.value();
    };
  }

  private take(character: string): boolean {
    if (this.text[this.offset] !== character) return false;
    this.offset += 1;
    return true;
  }

  private token(pattern: RegExp): string {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) throw new FaultAt(this.offset);
    this.offset += found.length;
    return found;
  }

  private skipSpace(): void {
    space.lastIndex = this.offset;
    this.offset += space.exec(this.text)?.[0].length ?? 0;
  }
}
