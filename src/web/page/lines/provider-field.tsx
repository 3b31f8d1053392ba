import { useSignal } from '@preact/signals';
import { announce } from '../kit/announcements.js';
import { fillIn } from '../kit/form/fill-in.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { Provider } from './lines-data.js';

interface ProviderFieldProps {
  readonly providers: readonly Provider[];
  /** Of the trunk. */
  readonly kind: Provider['ways'][number];
}

/** Fills in what is known of a provider, and says what has to be looked up. It is no field of a trunk itself. */
export function ProviderField({ providers, kind }: ProviderFieldProps) {
  const chosen = useSignal('');
  const fitting = providers.filter(({ ways }) => ways.includes(kind));
  const find = (name: string) => fitting.find(({ provider }) => provider === name);
  const present = find(chosen.value);
  return (
    <Select
      name="provider"
      label={say('lines.provider')}
      hint={present?.hint ?? say('lines.providerHint')}
      value={present?.provider ?? ''}
      choices={[
        ['', say('lines.noProvider')],
        ...fitting.map(({ provider, name }): [string, string] => [provider, name]),
      ]}
      onChange={(name, form) => {
        chosen.value = name;
        const next = find(name);
        announce(next?.hint ?? say('lines.providerHint'));
        if (next && form) fillIn(form, fieldsOf(next, form, providers));
      }}
    />
  );
}

function fieldsOf(next: Provider, form: HTMLFormElement, providers: readonly Provider[]) {
  const { host, port, transport, identity, diversion, encryption } = next;
  const technical = { port: port === null ? '' : String(port), transport, identity, diversion, encryption };
  if (host !== null) return { host, ...technical };
  // What somebody has typed stays; a server of another provider would be wrong here.
  const isOfAnother = providers.some((each) => each.host !== null && each.host === new FormData(form).get('host'));
  return isOfAnother ? { host: '', ...technical } : technical;
}
