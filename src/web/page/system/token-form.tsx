import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { session } from '../api/session.js';
import { Dialog } from '../kit/dialog.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { RoleFields, rolesIn } from './roles.js';
import type { User } from './user.js';

interface TokenFormProps {
  readonly owners: readonly User[];
  readonly onMade: () => void;
  readonly onClose: () => void;
}

/** Makes a token, which is shown this once. */
export function TokenForm({ owners, onMade, onClose }: TokenFormProps) {
  const made = useSignal('');
  const form = useForm(async (fields) => {
    const { name = '', owner = '', days = '' } = fields;
    const wish = { name: name.trim(), owner, roles: rolesIn(fields), days: days.trim() === '' ? null : Number(days) };
    made.value = (await ask('POST', '/tokens', wish)).token;
    onMade();
  });
  const fault = (field: string) => form.problem.value?.faultAt(field);
  return (
    <Dialog title={say('system.newToken')} onClose={onClose}>
      {made.value === '' ? (
        <form class="fields" onSubmit={form.submit}>
          <ProblemText problem={form.problem.value} />
          <Field name="name" label={say('system.tokenName')} maxLength={100} fault={fault('name')} isNeeded isFirst />
          <div class="field">
            <label for="owner">{say('system.tokenOwner')}</label>
            <select id="owner" name="owner">
              {owners.map(({ name }) => (
                <option key={name} value={name} selected={name === session.value?.name}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <RoleFields held={['read']} />
          <Field name="days" label={say('system.tokenDays')} hint={say('system.tokenDaysHint')} fault={fault('days')} />
          <div class="buttons">
            <button type="button" onClick={onClose}>
              {say('shell.cancel')}
            </button>
            <button type="submit" class="main" disabled={form.isBusy.value}>
              {say('system.newToken')}
            </button>
          </div>
        </form>
      ) : (
        <div role="status">
          <p>{say('system.tokenMade')}</p>
          <p class="secret">
            <code>{made.value}</code>
          </p>
          <div class="buttons">
            <button type="button" class="main" onClick={onClose}>
              {say('system.done')}
            </button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
