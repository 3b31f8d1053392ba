import { type Encryption, encryptions } from '../../../../primitives/encryption.js';
import type { Fault } from '../../api/api-problem.js';
import { say } from '../../texts.js';
import { Select } from './select.js';

interface EncryptionFieldProps {
  readonly value: Encryption | undefined;
  readonly hint: string;
  readonly fault: Fault | undefined;
}

/** Whether the sound of calls is encrypted. */
export const EncryptionField = ({ value = 'off', hint, fault }: EncryptionFieldProps) => (
  <Select
    name="encryption"
    label={say('lines.encryption')}
    hint={hint}
    value={value}
    choices={encryptions.map((each) => [each, say(`lines.encryptionIs.${each}`)])}
    fault={fault}
  />
);

export const readEncryption = (data: FormData): Encryption =>
  encryptions.find((each) => each === data.get('encryption')) ?? 'off';
