import { languages } from '../../../primitives/language.js';
import { ask } from '../api/ask.js';
import { endSession, restoreSession, session } from '../api/session.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Field } from '../kit/form/field.js';
import { newOnly, requireGiven } from '../kit/form/new-only.js';
import { type Choice, Select } from '../kit/form/select.js';
import { type Extension, nameOf } from '../people/people-data.js';
import { language, say } from '../texts.js';
import { RoleFields, rolesIn } from './roles.js';
import type { User } from './user.js';

interface UserFormProps {
  /** Null for a new one. */
  readonly user: User | null;
  readonly version: number;
  /** Of all users. */
  readonly names: readonly string[];
  readonly extensions: readonly Extension[];
  readonly onSaved: () => unknown;
  readonly onClose: () => void;
}

const fields = ['name', 'roles', 'extension', 'language', 'password'];

/** Makes a user, or changes one. Whose password or roles are changed has to sign in again, but for whoever changes their own roles. */
export function UserForm({ user, version, names, extensions, onSaved, onClose }: UserFormProps) {
  const isOwn = user !== null && user.name === session.value?.name;
  const edit = useEdit({
    version,
    read: (data) => readUser(data, user),
    place: ({ name }) => ['users', name],
    async send(sent, { basis, dryRun }) {
      if (!user) newOnly('name', sent.name, names);
      if (!user && !dryRun) requireGiven('password', sent.password ?? '');
      return ask('PUT', '/users/{name}', { ...sent, dryRun }, basis);
    },
    async onSaved(_answer, { name, password }) {
      announce(say('system.userSaved', { name }));
      if (isOwn && password !== null) return endSession('passwordChanged');
      if (isOwn) await restoreSession();
      await onSaved();
    },
  });
  const fault = edit.faultAt;
  return (
    <Editor
      title={user ? say('system.changeUser', { name: user.name }) : say('system.newUser')}
      edit={edit}
      fields={fields}
      onClose={onClose}
    >
      {user && <p class="note">{say(`system.rightsOf.${isOwn ? 'oneself' : 'another'}`)}</p>}
      {!user && <Field name="name" label={say('own.name')} maxLength={100} fault={fault('name')} isFirst />}
      <RoleFields held={user?.roles ?? []} fault={fault('roles')} />
      <Select
        name="extension"
        label={say('own.extension')}
        hint={say('system.extensionHint')}
        value={user?.extension ?? ''}
        choices={extensionChoices(extensions, user?.extension ?? null)}
        fault={fault('extension')}
      />
      <Select
        name="language"
        label={say('shell.language')}
        value={user?.language ?? language.value}
        choices={languages.map((each) => [each, say(`system.languageIs.${each}`)])}
        fault={fault('language')}
      />
      <Field
        name="password"
        type="password"
        label={say('way.newPassword')}
        hint={say(user ? 'system.passwordKept' : 'way.newPasswordHint')}
        autocomplete="new-password"
        fault={fault('password')}
      />
    </Editor>
  );
}

/** None, and all; one that somebody has who is no extension any more stays theirs until another is chosen. */
function extensionChoices(extensions: readonly Extension[], held: string | null): readonly Choice[] {
  const all = extensions.map((each): Choice => [each.number, nameOf(each)]);
  const isLost = held !== null && extensions.every(({ number }) => number !== held);
  return [['', say('system.noExtension')], ...(isLost ? [[held, held] as const] : []), ...all];
}

function readUser(data: FormData, before: User | null) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  return {
    name: before?.name ?? text('name'),
    roles: rolesIn(data),
    extension: text('extension') || null,
    language: languages.find((each) => each === text('language')) ?? language.value,
    password: String(data.get('password') ?? '') || null,
  };
}
