import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { type CallHandling, handlingFields, readHandling, sendHandling } from '../handling/handling-data.js';
import { HandlingFields } from '../handling/handling-fields.js';
import { announce } from '../kit/announcements.js';
import { Check } from '../kit/form/check.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { EncryptionField } from '../kit/form/encryption-field.js';
import { Field } from '../kit/form/field.js';
import { newOnly } from '../kit/form/new-only.js';
import { Picks } from '../kit/form/picks.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import { ExtensionPhones } from './extension-phones.js';
import type { MadePassword } from './made-passwords.js';
import type { Extension, Reachable } from './people-data.js';
import { type Groups, readExtension, saveGroups, sendExtension } from './save-extension.js';

interface ExtensionEditorProps {
  /** Null for a new one. */
  readonly extension: Extension | null;
  readonly version: number;
  /** Of all extensions. */
  readonly numbers: readonly string[];
  readonly groups: Groups;
  /** What rings when it is called. */
  readonly reachable: Reachable;
  readonly onClose: () => void;
  readonly onSaved: (made: readonly MadePassword[]) => unknown;
  readonly onRemove: (extension: Extension) => void;
}

/** Without it the form has no such fields: all else can be changed. */
const ignore = (): void => undefined;

/** Makes an extension, or changes one. */
export function ExtensionEditor({
  extension,
  version,
  numbers,
  groups,
  reachable,
  onClose,
  onSaved,
  onRemove,
}: ExtensionEditorProps) {
  const handling = useSignal<CallHandling | null>(null);
  const number = extension?.number;
  useEffect(() => {
    if (number !== undefined)
      void ask('GET', '/call-handling/{extension}', { extension: number }).then((found) => {
        handling.value = found;
      }, ignore);
  }, [number, handling]);
  const edit = useEdit({
    version,
    read: (data) => ({ ...readExtension(data, extension), handling: readHandling(data, handling.value) }),
    place: ({ fields }) => ['extensions', fields.number],
    async send(sent, how) {
      if (!extension) newOnly('number', sent.fields.number, numbers);
      await sendHandling(sent.handling, sent.fields.number, true);
      return sendExtension(sent, how);
    },
    async onSaved({ password }, sent) {
      const { number } = sent.fields;
      await saveGroups(sent, groups);
      await sendHandling(sent.handling, number, false);
      announce(say('people.saved', { number }));
      await onSaved(password === null ? [] : [{ number, password }]);
    },
  });
  const fault = edit.faultAt;
  return (
    <Editor
      title={number === undefined ? say('people.newExtension') : say('people.extension', { number })}
      edit={edit}
      fields={['number', 'name', 'language', 'password', 'callerId', 'encryption', ...handlingFields]}
      onClose={onClose}
      aside={
        extension && (
          <button type="button" class="aside" onClick={() => onRemove(extension)}>
            {say('form.remove')}
          </button>
        )
      }
    >
      {number === undefined && (
        <Field
          name="number"
          type="digits"
          label={say('people.number')}
          hint={say('people.numberHint')}
          maxLength={8}
          fault={fault('number')}
          isFirst
        />
      )}
      <Field
        name="name"
        label={say('people.name')}
        hint={say('people.nameHint')}
        value={extension?.name}
        maxLength={64}
        fault={fault('name')}
      />
      <Check
        name="consents"
        label={say('people.consents')}
        hint={say('people.consentsHint')}
        isChecked={extension?.consents ?? false}
      />
      <Picks
        name="groups"
        label={say('people.groups')}
        hint={say('people.groupsHint')}
        choices={groups.entries.map(({ id, name }) => [id, name])}
        picked={groups.entries.filter(({ members }) => members.includes(number ?? '')).map(({ id }) => id)}
      />
      <PasswordChoice isNew={!extension} fault={fault('password')} />
      <Select
        name="language"
        label={say('people.language')}
        value={extension?.language ?? ''}
        choices={[
          ['', say('people.languageOfBox')],
          ['de', say('people.languageIs.de')],
          ['en', say('people.languageIs.en')],
        ]}
        fault={fault('language')}
      />
      <Field
        name="callerId"
        label={say('people.callerId')}
        hint={say('people.callerIdHint')}
        value={extension?.callerId}
        maxLength={30}
        fault={fault('callerId')}
      />
      <EncryptionField value={extension?.encryption} hint={say('people.encryptionHint')} fault={fault('encryption')} />
      {handling.value && (
        <fieldset class="field">
          <legend>{say('handling.title')}</legend>
          <HandlingFields handling={handling.value} faultAt={fault} />
        </fieldset>
      )}
      {extension && <ExtensionPhones reachable={reachable} />}
    </Editor>
  );
}

type PasswordKind = 'keep' | 'make' | 'own';

/** A password that nobody has to think of is the usual one. */
function PasswordChoice({
  isNew,
  fault,
}: {
  readonly isNew: boolean;
  readonly fault: ReturnType<ReturnType<typeof useEdit>['faultAt']>;
}) {
  const kinds: readonly PasswordKind[] = isNew ? ['make', 'own'] : ['keep', 'make', 'own'];
  const chosen = useSignal<PasswordKind>(isNew ? 'make' : 'keep');
  const names = { keep: 'people.passwordKeep', make: 'people.passwordMake', own: 'people.passwordOwn' } as const;
  return (
    <fieldset class="field">
      <legend>{say('people.password')}</legend>
      {kinds.map((kind) => (
        <Check
          key={kind}
          kind="radio"
          name="passwordKind"
          value={kind}
          label={say(names[kind])}
          isChecked={kind === kinds[0]}
          onChange={() => {
            chosen.value = kind;
          }}
        />
      ))}
      {chosen.value === 'own' && (
        <Field
          name="password"
          type="password"
          label={say('people.ownPassword')}
          autocomplete="new-password"
          maxLength={128}
          fault={fault}
          isFirst
        />
      )}
    </fieldset>
  );
}
