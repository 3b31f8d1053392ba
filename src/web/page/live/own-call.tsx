import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { session } from '../api/session.js';
import { announce } from '../kit/announcements.js';
import { say } from '../texts.js';

/** For a member: ends all listening to their own call, without saying whether there was any. */
export function OwnCall() {
  if (!session.value?.extension) return null;
  const end = () =>
    ask('POST', '/own/monitors/end', {}).then(
      () => announce(say('live.ownEnded')),
      (error: unknown) => announce(asProblem(error).message),
    );
  return (
    <section aria-labelledby="own">
      <h2 id="own">{say('live.ownCall')}</h2>
      <p>{say('live.ownCallAbout')}</p>
      <button type="button" onClick={() => void end()}>
        {say('live.endOwn')}
      </button>
    </section>
  );
}
