import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { EditButton } from '../kit/form/edit-button.js';
import { useFront } from '../kit/front.js';
import { RemoveEntry } from '../kit/question/remove-entry.js';
import type { PeopleData, Profile } from '../people/people-data.js';
import { say } from '../texts.js';
import { ProfileEditor } from './profile-editor.js';
import { profileSentences } from './profile-text.js';

type Front =
  | { readonly kind: 'edit'; readonly profile: Profile | null }
  | { readonly kind: 'remove'; readonly profile: Profile };

/** Who may listen to whom, and how they are told, in sentences. */
export function Profiles({ data }: { readonly data: PeopleData }) {
  const { shown, show, close, done } = useFront<Front>(data.fresh);
  const profiles = data.profiles.value.value;
  const groups = data.groups.value.value;
  if (!profiles || !groups) return null;
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
          onClose={close}
          onSaved={() => done()}
          onRemove={(profile) => show({ kind: 'remove', profile })()}
        />
      )}
      {shown?.kind === 'remove' && (
        <RemoveEntry
          title={say('rules.removeProfile', shown.profile)}
          gone={say('rules.profileRemoved', shown.profile)}
          place={['profiles', shown.profile.id]}
          version={profiles.version}
          send={(basis) => ask('DELETE', '/profiles/{id}', { id: shown.profile.id }, basis)}
          onClose={close}
          onRemoved={() => done()}
        >
          <p>{say('rules.removeProfileAbout')}</p>
        </RemoveEntry>
      )}
    </>
  );
}
