import type { Fault } from '../api/api-problem.js';
import { Field } from '../kit/form/field.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import { say } from '../texts.js';
import type { Trunk } from './lines-data.js';

interface RegistrationFieldsProps {
  readonly trunk: Extract<Trunk, { readonly kind: 'registering' }> | null;
  readonly fault: (field: string) => Fault | undefined;
}

/** What only some providers tell their customers beside server, user name and password. */
export const RegistrationFields = ({ trunk, fault }: RegistrationFieldsProps) => (
  <>
    <Field
      name="authName"
      label={say('lines.authName')}
      hint={say('lines.authNameHint')}
      value={trunk?.authName ?? ''}
      maxLength={128}
      fault={fault('authName')}
    />
    <Field
      name="proxy"
      label={say('lines.proxy')}
      hint={say('lines.proxyHint')}
      value={trunk?.proxy ?? ''}
      fault={fault('proxy')}
    />
    <Field
      name="proxyPort"
      type="digits"
      label={say('lines.proxyPort')}
      hint={say('lines.portHint')}
      value={trunk?.proxyPort ?? ''}
      fault={fault('proxyPort')}
    />
  </>
);

/** What the form says of them; empty is none. */
export function readRegistration(text: (name: string) => string) {
  const orNone = (name: string) => (text(name) === '' ? null : text(name));
  return {
    authName: orNone('authName'),
    proxy: orNone('proxy'),
    proxyPort: text('proxyPort') === '' ? null : wholeNumber(text('proxyPort')),
  };
}
