import type { Fault } from '../api/api-problem.js';
import { say } from '../texts.js';
import type { Port, Trunk } from './lines-data.js';
import { PortField } from './port-field.js';

interface AnalogFieldsProps {
  readonly trunk: Trunk | null;
  readonly ports: readonly Port[];
  readonly fault: (field: string) => Fault | undefined;
}

/** On which port of the board the line of the exchange is. */
export function AnalogFields({ trunk, ports, fault }: AnalogFieldsProps) {
  const present = trunk?.kind === 'analog' ? trunk.fxo : undefined;
  return (
    <PortField name="fxo" label={say('lines.fxo')} kind="fxo" present={present} ports={ports} fault={fault('fxo')} />
  );
}
