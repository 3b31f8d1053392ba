import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { announce } from '../kit/announcements.js';
import { Confirm } from '../kit/confirm.js';
import { EditButton } from '../kit/edit-button.js';
import type { PeopleData, Profile } from '../people/people-data.js';
import { say } from '../texts.js';
import { ProfileEditor } from './profile-editor.js';
import { profileSentences } from './profile-text.js';

type Front =
  | { readonly kind: 'edit'; readonly profile: Profile | null }
  | { readonly kind: 'remove'; readonly profile: Profile };

/** Who may listen to whom, and how they are told, in sentences. */
export function Profiles({ data }: { readonly data: PeopleData }) {
  const front = useSignal<Front | null>(null);
  const profiles = data.profiles.value.value;
  const groups = data.groups.value.value;
  if (!profiles || !groups) return null;
  const show = (next: Front | null) => () => {
    front.value = next;
  };
  const onDone = () => {
    front.value = null;
    data.refresh();
  };
  const shown = front.value;
  return (
    <>
      {hasRole() && (
        <div class="tools">
          <button type="button" class="main" onClick={show({ kind: 'edit', profile: null })}>
            {say('rules.newProfile')}
          </button>
        </div>
      )}
      {profiles.entries.length === 0 && <p class="empty">{say('rules.noProfiles')}</p>}
      {profiles.entries.map((profile) => (
        <section key={profile.id} class="card profile" aria-labelledby={`profile-${profile.id}`}>
          <div class="profile-head">
            <h2 id={`profile-${profile.id}`}>{profile.name}</h2>
            {!profile.enabled && <span class="badge warn">{say('rules.off')}</span>}
            {hasRole() && <EditButton name={profile.name} onClick={show({ kind: 'edit', profile })} />}
          </div>
          <ul>
            {profileSentences(profile, groups.entries).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      ))}
      {shown?.kind === 'edit' && (
        <ProfileEditor
          profile={shown.profile}
          version={profiles.version}
          ids={profiles.entries.map(({ id }) => id)}
          groups={groups.entries}
          onClose={show(null)}
          onSaved={onDone}
          onRemove={(profile) => show({ kind: 'remove', profile })()}
        />
      )}
      {shown?.kind === 'remove' && (
        <RemoveProfile profile={shown.profile} version={profiles.version} onClose={show(null)} onRemoved={onDone} />
      )}
    </>
  );
}

interface RemoveProfileProps {
  readonly profile: Profile;
  readonly version: number;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

function RemoveProfile({ profile: { id, name }, version, onClose, onRemoved }: RemoveProfileProps) {
  return (
    <Confirm
      title={say('rules.removeProfile', { name })}
      action={say('form.remove')}
      place={['profiles', id]}
      version={version}
      onClose={onClose}
      send={(basis) => ask('DELETE', '/profiles/{id}', { id }, basis)}
      onDone={() => {
        announce(say('rules.profileRemoved', { name }));
        onRemoved();
      }}
    >
      <p>{say('rules.removeProfileAbout')}</p>
    </Confirm>
  );
}
