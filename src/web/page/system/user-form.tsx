import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { Dialog } from '../kit/dialog.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { language, languages, say } from '../texts.js';
import { RoleFields, rolesIn } from './roles.js';
import type { User } from './user.js';

interface UserFormProps {
  /** Null for a new one. */
  readonly user: User | null;
  readonly version: number;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** Makes a user, or changes one. Whose password or roles are changed has to sign in again. */
export function UserForm({ user, version, onSaved, onClose }: UserFormProps) {
  const form = useForm(async (fields) => {
    const name = user?.name ?? fields.name?.trim() ?? '';
    const wish = {
      name,
      roles: rolesIn(fields),
      extension: fields.extension?.trim() || null,
      language: languages.find((each) => each === fields.language) ?? language.value,
      password: fields.password || null,
    };
    await ask('PUT', '/users/{name}', wish, version);
    announce(say('system.userSaved', { name }));
    onSaved();
  });
  const fault = (field: string) => form.problem.value?.faultAt(field);
  return (
    <Dialog title={user ? say('system.changeUser', { name: user.name }) : say('system.newUser')} onClose={onClose}>
      <form class="fields" onSubmit={form.submit}>
        <ProblemText problem={form.problem.value} />
        {!user && <Field name="name" label={say('own.name')} maxLength={100} fault={fault('name')} isNeeded isFirst />}
        <RoleFields held={user?.roles ?? []} />
        <Field
          name="extension"
          label={say('own.extension')}
          hint={say('system.extensionHint')}
          value={user?.extension ?? ''}
          maxLength={8}
          fault={fault('extension')}
        />
        <div class="field">
          <label for="user-language">{say('shell.language')}</label>
          <select id="user-language" name="language">
            {languages.map((each) => (
              <option key={each} value={each} selected={each === (user?.language ?? language.value)}>
                {say(`system.languageIs.${each}`)}
              </option>
            ))}
          </select>
        </div>
        <Field
          name="password"
          type="password"
          label={say('way.newPassword')}
          hint={say(user ? 'system.passwordKept' : 'way.newPasswordHint')}
          autocomplete="new-password"
          fault={fault('password')}
          isNeeded={!user}
        />
        <div class="buttons">
          <button type="button" onClick={onClose}>
            {say('shell.cancel')}
          </button>
          <button type="submit" class="main" disabled={form.isBusy.value}>
            {say('system.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
