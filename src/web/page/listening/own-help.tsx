import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { session } from '../api/session.js';
import type { OutputOf } from '../api/table.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { followMonitors } from './follow-monitors.js';

type Help = OutputOf<'GET', '/own/help'>;

/** That a moderator has left the call again is told to no page of the member's. */
const askHelpedEveryMs = 2000;

/** After these, asking has not been in vain. */
const wantedEnds: ReadonlySet<unknown> = new Set(['endedByMember', 'helpedByOther', 'callEnded', 'transferred']);

/** For whoever has an extension: calls a moderator into the present call, and tells what comes of it. */
export const OwnHelp = () => (session.value?.extension ? <HelpForm /> : null);

function HelpForm() {
  const help = useMemo(() => new Resource(() => ask('GET', '/own/help', {})), []);
  const isInVain = useSignal(false);
  const state = help.value.value?.state;
  useEffect(() => {
    const hear = (fact: unknown) => {
      const { type, reason, member } = Object(fact);
      if (fact !== null && member !== session.value?.extension) return false;
      // Others may still be called, and whoever picks up then makes up for those who have not.
      if (type === 'helpAsked' || type === 'helpGiven') isInVain.value = false;
      if (type === 'helpEnded') isInVain.value = !wantedEnds.has(reason);
      return true;
    };
    return followMonitors({ refresh: () => help.refresh(), hear });
  }, [help]);
  useEffect(() => {
    if (state !== 'helped') return undefined;
    const timer = setInterval(() => help.refresh(), askHelpedEveryMs);
    return () => clearInterval(timer);
  }, [help, state]);
  const asking = useForm(async () => {
    isInVain.value = false;
    await ask('POST', '/own/help', {});
    await help.fresh();
  });
  const withdrawal = useForm(async () => {
    await ask('POST', '/own/help/withdraw', {});
    await help.fresh();
  });
  const found = help.value.value;
  if (!found || (!found.canAsk && found.state === 'none')) return null;
  const form = found.state === 'none' ? asking : withdrawal;
  return (
    <section aria-labelledby="own-help">
      <h2 id="own-help">{say('listening.help')}</h2>
      <p>{say('listening.helpAbout')}</p>
      <form {...form.on}>
        <ProblemText problem={form.problem.value} />
        <p role="status">{stateText(found, isInVain.value)}</p>
        <button type="submit" disabled={form.isBusy.value}>
          {say(`listening.helpButton.${found.state}`)}
        </button>
      </form>
    </section>
  );
}

function stateText({ state, moderators }: Help, isInVain: boolean): string {
  const names = moderators.map(({ number, name }) => `${number} ${name}`.trim()).join(', ');
  if (state === 'none') return isInVain ? say('listening.helpInVain') : '';
  return state === 'called' ? say('listening.helpCalled', { names }) : say('listening.helped', { names });
}
