type Query = Readonly<Record<string, string>>;

/** What was asked for, as the part of the address behind its question mark; empty for everything. */
export function queryOf(fields: Query): string {
  const given = Object.entries(fields).filter(([, value]) => value.trim() !== '');
  const query = new URLSearchParams(given.map(([name, value]): [string, string] => [name, value.trim()]));
  return given.length === 0 ? '' : `?${query}`;
}

/** The same as the box is asked it: days as moments, both of them included. */
export function filterOf({ from, to, ...others }: Query): Query {
  return { ...others, ...given('from', startOf(from, 0)), ...given('to', startOf(to, 1)) };
}

const given = (name: string, moment: string | undefined): Query => (moment === undefined ? {} : { [name]: moment });

/** The moment at which a day begins here, or one so many days later; undefined for what is no day. */
function startOf(day: string | undefined, later: number): string | undefined {
  const start = new Date(`${day}T00:00`);
  if (Number.isNaN(start.getTime())) return undefined;
  start.setDate(start.getDate() + later);
  return start.toISOString();
}
