import { say } from '../texts.js';

/** Nothing of the call travels in clear. */
export const Padlock = () => (
  <span class="badge encrypted">
    <svg aria-hidden="true" viewBox="0 0 12 14">
      <path d="M3 6V4a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" stroke-width="1.5" />
      <rect x="1.5" y="6" width="9" height="7" rx="1" fill="currentColor" />
    </svg>
    {say('live.encrypted')}
  </span>
);
