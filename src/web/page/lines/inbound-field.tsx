import type { Fault } from '../api/api-problem.js';
import { requireGiven } from '../kit/form/new-only.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { Extension, Group, Trunk } from './lines-data.js';

interface InboundFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly inbound: Trunk['inbound'] | undefined;
  readonly extensions: readonly Extension[];
  readonly groups: readonly Group[];
  readonly fault: Fault | undefined;
}

/** Who is rung when somebody calls from outside. */
export function InboundField({ name: field, label, hint, inbound, extensions, groups, fault }: InboundFieldProps) {
  const present = inbound && ('group' in inbound ? `group ${inbound.group}` : `extension ${inbound.extension}`);
  return (
    <Select
      name={field}
      label={label}
      hint={hint}
      value={present}
      fault={fault}
      choices={[
        // Who is rung is never guessed.
        ...(present === undefined ? [['', say('form.choose')] as const] : []),
        ...groups.map(({ id, name }) => [`group ${id}`, say('lines.groupOf', { name })] as const),
        ...extensions.map(({ number, name }) => [`extension ${number}`, `${number} ${name}`] as const),
      ]}
    />
  );
}

/** @throws ApiProblem where nobody was chosen. */
export const requireTarget = (field: string, inbound: Trunk['inbound']): void =>
  requireGiven(field, 'group' in inbound ? inbound.group : inbound.extension);

export function readInbound(data: FormData, field: string): Trunk['inbound'] {
  const [to, target = ''] = String(data.get(field) ?? '').split(' ');
  return to === 'group' ? { group: target } : { extension: target };
}
