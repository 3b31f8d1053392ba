/**
 * A table as spreadsheets read it (RFC 4180). What begins like a formula gets an apostrophe, since texts come from outside and
 * spreadsheets would calculate them.
 */
export function csv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, unknown>>[],
): string {
  const field = (value: unknown) => {
    const written = String(value ?? '').replace(formula, "'$&");
    return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
  };
  const lines = rows.map((row) => columns.map((column) => field(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

const formula = /^[=@+\-\t\r]/;

/** A text as it was before it was written into a table. */
export const asBeforeCsv = (written: string): string => written.replace(/^'(?=[=@+\-\t\r])/, '');
