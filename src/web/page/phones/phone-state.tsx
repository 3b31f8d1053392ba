import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import type { PhoneState } from './phones-data.js';

/** What it would be worth to look at, most important first. */
export type Standing = 'revoked' | 'never' | 'outdated' | 'registered' | 'fetched';

export function standingOf(state: PhoneState | undefined): Standing {
  if (!state || (!state.fetched && !state.isRevoked)) return 'never';
  if (state.isRevoked) return 'revoked';
  if (state.isOutdated) return 'outdated';
  return state.isRegistered ? 'registered' : 'fetched';
}

const looks: Readonly<Record<Standing, string>> = {
  revoked: 'bad',
  never: '',
  outdated: 'bad',
  registered: 'good',
  fetched: '',
};

export const standingText = (state: PhoneState | undefined): string =>
  `${say(`phones.standing.${standingOf(state)}`)} ${state?.fetched?.userAgent ?? ''}`;

/** Whether a phone has come for its configuration, and is registered. */
export function PhoneStanding({ state }: { readonly state: PhoneState | undefined }) {
  const standing = standingOf(state);
  return (
    <>
      <span class={`badge ${looks[standing]}`}>{say(`phones.standing.${standing}`)}</span>
      {state?.fetched && (
        <span class="note">
          {say('phones.fetched', { moment: momentText(state.fetched.at), address: state.fetched.address })}
        </span>
      )}
      {state?.fetched && state.fetched.userAgent !== '' && <span class="note reason">{state.fetched.userAgent}</span>}
    </>
  );
}
