import { profileSentences } from '../rules/profile-text.js';
import { say } from '../texts.js';
import type { Settings } from './set-up-data.js';
import { StepFrame } from './step-frame.js';

/** What the profiles say by now. */
export function NoticePresent({ settings: { profiles, groups } }: { readonly settings: Settings }) {
  return (
    <StepFrame step="notice" title={say('setUp.notice')} about={say('setUp.noticePresent')} form={null}>
      {profiles.map((profile) => (
        <section key={profile.id}>
          <h2>{profile.name}</h2>
          <ul>
            {profileSentences(profile, groups).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      ))}
      <p>
        <a href="/listening">{say('setUp.toProfiles')}</a>
      </p>
    </StepFrame>
  );
}
