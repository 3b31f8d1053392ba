/**
 * A table as spreadsheets read it (RFC 4180). What begins like a formula gets an apostrophe, since texts come from outside and
 * spreadsheets would calculate them; also where a cell begins for those that separate by semicolon or tab.
 */
export const csv = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, unknown>>[],
): string => [csvLine(columns), ...rows.map((row) => csvLine(columns.map((column) => row[column])))].join('');

/** One line of such a table. */
export function csvLine(values: readonly unknown[]): string {
  const field = (value: unknown) => {
    const written = String(value ?? '').replace(formula, "$&'");
    return /[",;\t\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
  };
  return `${values.map(field).join(',')}\r\n`;
}

/** Before a formula, or before apostrophes in front of one, so that theirs are not taken for those of the table. */
const formula = /(?:^|[;\t])(?='*[=@+\-\t\r])/g;

/** A text as it was before it was written into a table. */
export const asBeforeCsv = (written: string): string => written.replace(/(^|[;\t])'(?='*[=@+\-\t\r])/g, '$1');
