import type { Fault } from '../api/api-problem.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { Port } from './lines-data.js';

interface PortFieldProps {
  readonly name: string;
  readonly label: string;
  readonly kind: 'fxs' | 'fxo';
  readonly present: string | undefined;
  readonly ports: readonly Port[];
  readonly fault: Fault | undefined;
}

/** One of the ports that the board has; the present one too, if it was on another board. */
export function PortField({ name, label, kind, present, ports, fault }: PortFieldProps) {
  const onBoard = ports.filter((port) => port.kind === kind).map(({ port }) => port);
  const all = present === undefined || onBoard.includes(present) ? onBoard : [present, ...onBoard];
  return (
    <Select
      name={name}
      label={label}
      hint={all.length === 0 ? say('lines.noPort') : undefined}
      value={present}
      choices={all.map((port) => [port, say('lines.portName', { port })])}
      fault={fault}
    />
  );
}
