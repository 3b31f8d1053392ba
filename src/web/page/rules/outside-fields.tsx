import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Fault } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { Field } from '../kit/form/field.js';
import { Select } from '../kit/form/select.js';
import type { Profile } from '../people/people-data.js';
import { say } from '../texts.js';

interface OutsideFieldsProps {
  readonly external: Profile['external'];
  readonly faultAt: (field: string) => Fault | undefined;
}

/** Where moderators reach the service from outside, if they do. */
export function OutsideFields({ external, faultAt }: OutsideFieldsProps) {
  const trunks = useMemo(() => new Resource(() => ask('GET', '/trunks', {})), []);
  useEffect(() => trunks.refresh(), [trunks]);
  const chosen = useSignal(external?.trunk ?? '');
  const known = trunks.value.value?.entries ?? [];
  const missing =
    external && !known.some(({ id }) => id === external.trunk) ? [[external.trunk, external.trunk] as const] : [];
  return (
    <>
      <Select
        name="external.trunk"
        label={say('rules.external')}
        hint={say('rules.externalHint')}
        value={chosen.value}
        choices={[['', say('rules.externalNone')], ...missing, ...known.map(({ id, name }) => [id, name] as const)]}
        onChange={(value) => {
          chosen.value = value;
        }}
        fault={faultAt('external.trunk')}
      />
      {chosen.value !== '' && (
        <Field
          name="external.number"
          label={say('rules.externalNumber')}
          value={external?.number}
          maxLength={21}
          fault={faultAt('external.number')}
        />
      )}
    </>
  );
}
