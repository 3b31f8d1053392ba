import { Copied } from './copied.js';

export interface MadeSecretRow {
  /** Whose it is: its number or address, by which it is copied, and its name. */
  readonly id: string;
  readonly name?: string;
  readonly secret: string;
}

interface SecretTableProps {
  readonly idTitle: string;
  readonly secretTitle: string;
  readonly rows: readonly MadeSecretRow[];
  readonly class?: string;
}

/** Secrets that the box has made, this once. */
export function SecretTable({ idTitle, secretTitle, rows, class: named }: SecretTableProps) {
  return (
    <table class="made">
      <thead>
        <tr>
          <th scope="col">{idTitle}</th>
          <th scope="col">{secretTitle}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name = '', secret }) => (
          <tr key={id}>
            <td>
              {id} <span class="note">{name}</span>
            </td>
            <td>
              <Copied text={secret} name={`${id} ${name}`.trim()} {...(named === undefined ? {} : { class: named })} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
