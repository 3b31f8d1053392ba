import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { AskedButton } from '../kit/asked-button.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { momentText } from '../kit/times.js';
import { say } from '../texts.js';

type Schedule = OutputOf<'GET', '/backup-schedule'>;

/** A backup a day to a disk at the box. */
export function BackupSchedule() {
  const schedule = useMemo(() => new Resource(() => ask('GET', '/backup-schedule', {})), []);
  const refresh = () => schedule.refresh();
  useEffect(refresh, [schedule]);
  const shown = schedule.value.value;
  return (
    <section aria-labelledby="schedule">
      <h2 id="schedule">{say('system.schedule')}</h2>
      <ProblemText problem={schedule.problem.value} />
      {shown && <p>{scheduleText(shown)}</p>}
      {shown?.place === null && <ScheduleForm schedule={shown} onSet={refresh} />}
      {shown && shown.place !== null && (
        <AskedButton
          name={say('system.scheduleRemove')}
          about={say('system.scheduleRemoveAbout')}
          done={say('system.scheduleRemoved')}
          isDanger
          act={async () => {
            await ask('DELETE', '/backup-schedule', {}, shown.version);
            refresh();
          }}
        />
      )}
    </section>
  );
}

function scheduleText({ place, last }: Schedule): string {
  if (place === null) return say('system.scheduleNone');
  const run = last && say(last.ok ? 'system.lastOk' : 'system.lastFailed', { moment: momentText(last.at) });
  return `${say('system.scheduleTo', { place: placeText(place) })} ${run ?? say('system.lastNone')}`;
}

const placeText = (place: string): string => (place === 'box' ? say('system.placeBox') : place);

function ScheduleForm({ schedule, onSet }: { readonly schedule: Schedule; readonly onSet: () => void }) {
  const form = useForm(async ({ place = '', passphrase = '' }) => {
    await ask('PUT', '/backup-schedule', { place, passphrase }, schedule.version);
    announce(say('system.scheduleSet'));
    onSet();
  });
  return (
    <form class="card narrow" onSubmit={form.submit}>
      <ProblemText problem={form.problem.value} />
      <div class="field">
        <label for="place">{say('system.place')}</label>
        <select id="place" name="place">
          {schedule.places.map((place) => (
            <option key={place} value={place}>
              {placeText(place)}
            </option>
          ))}
        </select>
      </div>
      <Field
        name="passphrase"
        type="password"
        label={say('system.passphrase')}
        hint={say('system.scheduleHint')}
        autocomplete="new-password"
        fault={form.problem.value?.faultAt('passphrase')}
        isNeeded
      />
      <div class="buttons">
        <button type="submit" disabled={form.isBusy.value}>
          {say('system.scheduleOn')}
        </button>
      </div>
    </form>
  );
}
