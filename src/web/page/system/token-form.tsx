import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { session } from '../api/session.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Field } from '../kit/form/field.js';
import { Select } from '../kit/form/select.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import { Dialog } from '../kit/question/dialog.js';
import { say } from '../texts.js';
import { RoleFields, rolesIn } from './roles.js';
import type { User } from './user.js';

interface TokenFormProps {
  readonly owners: readonly User[];
  readonly onMade: () => void;
  readonly onClose: () => void;
}

const fields = ['name', 'owner', 'roles', 'days'];

/** Makes a token, which is shown this once. */
export function TokenForm({ owners, onMade, onClose }: TokenFormProps) {
  const made = useSignal<string | null>(null);
  const edit = useEdit({
    // Each is new: nobody else can be in the way.
    version: 0,
    place: () => [],
    read: readToken,
    send: (sent, { dryRun }) => ask('POST', '/tokens', { ...sent, dryRun }),
    onSaved({ token }) {
      made.value = token;
      onMade();
    },
  });
  const fault = edit.faultAt;
  if (made.value !== null) return <MadeToken token={made.value} onClose={onClose} />;
  return (
    <Editor
      title={say('system.newToken')}
      action={say('system.newToken')}
      edit={edit}
      fields={fields}
      onClose={onClose}
    >
      <Field name="name" label={say('system.tokenName')} maxLength={100} fault={fault('name')} isFirst />
      <Select
        name="owner"
        label={say('system.tokenOwner')}
        value={session.value?.name}
        choices={owners.map(({ name }) => [name, name])}
        fault={fault('owner')}
      />
      <RoleFields held={['read']} fault={fault('roles')} />
      <Field
        name="days"
        type="digits"
        label={say('system.tokenDays')}
        hint={say('system.tokenDaysHint')}
        fault={fault('days')}
      />
    </Editor>
  );
}

function readToken(data: FormData) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const days = text('days') === '' ? null : wholeNumber(text('days'));
  return { name: text('name'), owner: text('owner'), roles: rolesIn(data), days };
}

function MadeToken({ token, onClose }: { readonly token: string; readonly onClose: () => void }) {
  return (
    <Dialog title={say('system.newToken')} onClose={onClose}>
      <div role="status">
        <p>{say('system.tokenMade')}</p>
        <p class="secret">
          <code>{token}</code>
        </p>
      </div>
      <div class="buttons">
        <button type="button" class="main" onClick={onClose}>
          {say('system.done')}
        </button>
      </div>
    </Dialog>
  );
}
