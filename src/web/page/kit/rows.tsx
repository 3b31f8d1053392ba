import type { ComponentChildren } from 'preact';

export type Row = readonly [name: string, value: ComponentChildren];

/** What is known of something: a name and a value a row; whatever is not known is left out. */
export function Rows({ rows }: { readonly rows: readonly (Row | null)[] }) {
  const known = rows.filter((row) => row !== null);
  return (
    <dl class="card known">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
