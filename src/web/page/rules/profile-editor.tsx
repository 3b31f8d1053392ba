import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { Check } from '../kit/form/check.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Field } from '../kit/form/field.js';
import { newOnly } from '../kit/form/new-only.js';
import { Select } from '../kit/form/select.js';
import type { Group, Profile } from '../people/people-data.js';
import { say } from '../texts.js';
import { InterventionsField } from './interventions-field.js';
import { NoticeField } from './notice-field.js';
import { OutsideFields } from './outside-fields.js';
import { encryptedListening, readProfile } from './read-profile.js';
import { WindowFields } from './window-fields.js';

interface ProfileEditorProps {
  /** Null for a new one. */
  readonly profile: Profile | null;
  readonly version: number;
  /** Of all profiles. */
  readonly ids: readonly string[];
  readonly groups: readonly Group[];
  readonly onClose: () => void;
  readonly onSaved: () => unknown;
  readonly onRemove: (profile: Profile) => void;
}

const fields = [
  'id',
  'name',
  'service',
  'moderators',
  'members',
  'notice',
  'external',
  'windows',
  'quota',
  'encryptedCalls',
];

/** Makes a profile, or changes one; each field says what it means for the member. */
export function ProfileEditor({ profile, version, ids, groups, onClose, onSaved, onRemove }: ProfileEditorProps) {
  const edit = useEdit({
    version,
    read: (data) => readProfile(data, profile),
    place: ({ id }) => ['profiles', id],
    async send(sent, { basis, dryRun }) {
      if (!profile) newOnly('id', sent.id, ids, sent.name === '' ? 'name' : 'id');
      return ask('PUT', '/profiles/{id}', { ...sent, dryRun }, basis);
    },
    onSaved(_answer, { name }) {
      announce(say('rules.profileSaved', { name }));
      return onSaved();
    },
  });
  const fault = edit.faultAt;
  return (
    <Editor
      title={profile ? say('rules.profile', { name: profile.name }) : say('rules.newProfile')}
      edit={edit}
      fields={fields}
      onClose={onClose}
      aside={
        profile && (
          <button type="button" class="aside" onClick={() => onRemove(profile)}>
            {say('form.remove')}
          </button>
        )
      }
    >
      <Field
        name="name"
        label={say('rules.name')}
        value={profile?.name}
        maxLength={64}
        fault={fault('name')}
        isFirst={!profile}
      />
      {!profile && (
        <Field name="id" label={say('rules.id')} hint={say('rules.idHint')} maxLength={32} fault={fault('id')} />
      )}
      <Check
        name="enabled"
        label={say('rules.enabled')}
        hint={say('rules.enabledHint')}
        isChecked={profile?.enabled ?? true}
      />
      <GroupField name="moderators" groups={groups} value={profile?.moderators} fault={fault('moderators')} />
      <GroupField name="members" groups={groups} value={profile?.members} fault={fault('members')} />
      <Field
        name="service"
        label={say('rules.service')}
        hint={say('rules.serviceHint')}
        value={profile?.service}
        maxLength={8}
        fault={fault('service')}
      />
      <InterventionsField picked={profile?.interventions ?? []} />
      <NoticeField side="member" notice={profile?.notice.member} faultAt={fault} />
      <NoticeField side="other" notice={profile?.notice.other} faultAt={fault} />
      <Check
        name="admission"
        label={say('rules.admission')}
        hint={say('rules.admissionHint')}
        isChecked={profile?.admission ?? false}
      />
      <WindowFields windows={profile?.windows ?? []} edit={edit} />
      <Field
        name="quota"
        type="digits"
        label={say('rules.quota')}
        hint={say('rules.quotaHint')}
        value={profile?.quota ?? ''}
        maxLength={6}
        fault={fault('quota')}
      />
      <Select
        name="encryptedCalls"
        label={say('rules.encryptedCalls')}
        hint={say('rules.encryptedCallsHint')}
        value={profile?.encryptedCalls ?? 'protectedLine'}
        choices={encryptedListening.map((each) => [each, say(`rules.encryptedCallsIs.${each}`)])}
        fault={fault('encryptedCalls')}
      />
      <Check
        name="stereo"
        label={say('rules.stereo')}
        hint={say('rules.stereoHint')}
        isChecked={profile?.stereo ?? false}
      />
      <OutsideFields external={profile?.external ?? null} faultAt={fault} />
    </Editor>
  );
}

interface GroupFieldProps {
  readonly name: 'moderators' | 'members';
  readonly groups: readonly Group[];
  readonly value: string | undefined;
  readonly fault: ReturnType<ReturnType<typeof useEdit>['faultAt']>;
}

function GroupField({ name, groups, value, fault }: GroupFieldProps) {
  return (
    <Select
      name={name}
      label={say(`rules.${name}`)}
      hint={say(`rules.${name}Hint`)}
      value={value ?? ''}
      choices={[
        ...(value === undefined ? [['', say('rules.choose')] as const] : []),
        ...groups.map(({ id, name: text, members }) => [id, `${text} (${members.length})`] as const),
      ]}
      fault={fault}
    />
  );
}
