import { type CallerIdentity, callerIdentities } from '../../../primitives/caller-identity.js';
import { type Diversion, diversions } from '../../../primitives/diversion.js';
import type { Fault } from '../api/api-problem.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';

interface ToldFieldsProps {
  readonly identity: CallerIdentity | undefined;
  readonly diversion: Diversion | undefined;
  readonly fault: (field: string) => Fault | undefined;
}

/** How the other side is told who calls and who has forwarded a call. */
export const ToldFields = ({ identity = 'from', diversion = 'none', fault }: ToldFieldsProps) => (
  <>
    <Select
      name="identity"
      label={say('lines.identity')}
      hint={say('lines.identityHint')}
      value={identity}
      choices={callerIdentities.map((each) => [each, say(`lines.identityIs.${each}`)])}
      fault={fault('identity')}
    />
    <Select
      name="diversion"
      label={say('lines.diversion')}
      hint={say('lines.diversionHint')}
      value={diversion}
      choices={diversions.map((each) => [each, say(`lines.diversionIs.${each}`)])}
      fault={fault('diversion')}
    />
  </>
);

export const readTold = (data: FormData): { readonly identity: CallerIdentity; readonly diversion: Diversion } => ({
  identity: callerIdentities.find((each) => each === data.get('identity')) ?? 'from',
  diversion: diversions.find((each) => each === data.get('diversion')) ?? 'none',
});
