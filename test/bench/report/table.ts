/** A table with a heading; the first column is words, the others are figures. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Remarks below it. */
  readonly notes: readonly string[];
}

export function toText(table: Table): string {
  const widths = table.head.map((_, column) => widest(table, column));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => align(cell, widths[column] ?? 0, column)).join('  ');
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [table.title, line(table.head), rule, ...table.rows.map(line), ...table.notes].join('\n');
}

export function toMarkdown({ title, head, rows, notes }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = line(head.map((_, column) => (column === 0 ? '---' : '--:')));
  const remarks = notes.flatMap((note) => ['', note]);
  return [`### ${title}`, '', line(head), rule, ...rows.map(line), ...remarks].join('\n');
}

function widest({ head, rows }: Table, column: number): number {
  return Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0));
}

function align(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
