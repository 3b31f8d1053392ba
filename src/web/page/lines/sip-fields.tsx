import type { Fault } from '../api/api-problem.js';
import { Check } from '../kit/form/check.js';
import { EncryptionField } from '../kit/form/encryption-field.js';
import { Field } from '../kit/form/field.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { Provider, Trunk } from './lines-data.js';
import { ProviderField } from './provider-field.js';
import { RegistrationFields } from './registration-fields.js';
import { ToldFields } from './told-fields.js';

type SipTrunk = Exclude<Trunk, { readonly kind: 'analog' }>;

interface SipFieldsProps {
  readonly trunk: Trunk | null;
  readonly kind: SipTrunk['kind'];
  readonly providers: readonly Provider[];
  readonly fault: (field: string) => Fault | undefined;
}

/** What a provider or another telephone system tells its customers. */
export function SipFields({ trunk, kind, providers, fault }: SipFieldsProps) {
  const before = trunk && trunk.kind !== 'analog' ? trunk : null;
  const registration = before?.kind === 'registering' ? before : null;
  const addresses = before?.kind === 'address' ? before.addresses.join(' ') : '';
  return (
    <>
      <ProviderField providers={providers} kind={kind} />
      <Field
        name="host"
        label={say('lines.host')}
        hint={say('lines.hostHint')}
        value={before?.host}
        fault={fault('host')}
      />
      {kind === 'registering' ? (
        <>
          <Field
            name="username"
            label={say('lines.username')}
            value={registration?.username}
            fault={fault('username')}
          />
          <Field
            name="password"
            type="password"
            label={say('lines.password')}
            hint={before ? say('lines.passwordKept') : undefined}
            autocomplete="new-password"
            fault={fault('password')}
          />
          <RegistrationFields trunk={registration} fault={fault} />
        </>
      ) : (
        <Field
          name="addresses"
          label={say('lines.addresses')}
          hint={say('lines.addressesHint')}
          value={addresses}
          fault={fault('addresses')}
        />
      )}
      <Field
        name="callerId"
        label={say('lines.callerId')}
        hint={say('lines.callerIdHint')}
        value={before?.callerId ?? ''}
        maxLength={21}
        fault={fault('callerId')}
      />
      <Field
        name="port"
        type="digits"
        label={say('lines.port')}
        hint={say('lines.portHint')}
        value={before?.port ?? ''}
        fault={fault('port')}
      />
      <Select
        name="transport"
        label={say('lines.transport')}
        value={before?.transport ?? 'udp'}
        choices={[
          ['udp', 'UDP'],
          ['tcp', 'TCP'],
          ['tls', 'TLS'],
        ]}
        fault={fault('transport')}
      />
      <ToldFields identity={before?.identity} diversion={before?.diversion} fault={fault} />
      <EncryptionField value={before?.encryption} hint={say('lines.encryptionHint')} fault={fault('encryption')} />
      <Check
        name="trusted"
        label={say('lines.trusted')}
        hint={say('lines.trustedHint')}
        isChecked={before?.trusted ?? false}
      />
    </>
  );
}
