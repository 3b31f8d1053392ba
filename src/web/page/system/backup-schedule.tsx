import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { Choices } from '../kit/form/choices.js';
import { useEdit } from '../kit/form/edit.js';
import { EditForm } from '../kit/form/edit-form.js';
import { Select } from '../kit/form/select.js';
import { ProblemText } from '../kit/problem-text.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import { PassphraseFields, passphraseFields, readPassphrase, sendTwice } from './new-passphrase.js';

type Schedule = OutputOf<'GET', '/backup-schedule'>;

const occasions = ['daily', 'button', 'both'] as const;
type Occasion = (typeof occasions)[number];

const occasionText: Readonly<Record<Occasion, () => string>> = {
  daily: () => say('system.occasionDaily'),
  button: () => say('system.occasionButton'),
  both: () => say('system.occasionBoth'),
};

/** Backups to a disk at the box: one a day, one when its button is held, or both. */
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

function scheduleText({ place, occasion, last }: Schedule): string {
  if (place === null || occasion === null) return say('system.scheduleNone');
  const run = last && say(last.ok ? 'system.lastOk' : 'system.lastFailed', { moment: momentText(last.at) });
  const planned = say('system.scheduleTo', { place: placeText(place), occasion: occasionText[occasion]() });
  return `${planned} ${run ?? say('system.lastNone')}`;
}

const placeText = (place: string): string => (place === 'box' ? say('system.placeBox') : place);

function ScheduleForm({ schedule, onSet }: { readonly schedule: Schedule; readonly onSet: () => void }) {
  const edit = useEdit({
    version: schedule.version,
    place: () => [],
    read: (data) => ({
      place: String(data.get('place') ?? ''),
      occasion: occasions.find((each) => each === data.get('occasion')) ?? 'daily',
      ...readPassphrase(data),
    }),
    send: (sent, { basis, dryRun }) =>
      sendTwice(sent, dryRun, () => {
        const { place, occasion, passphrase } = sent;
        return ask('PUT', '/backup-schedule', { place, occasion, passphrase, dryRun }, basis);
      }),
    onSaved() {
      announce(say('system.scheduleSet'));
      onSet();
    },
  });
  return (
    <EditForm edit={edit} fields={['place', ...passphraseFields]} action={say('system.scheduleOn')}>
      <Select
        name="place"
        label={say('system.place')}
        choices={schedule.places.map((place) => [place, placeText(place)])}
        fault={edit.faultAt('place')}
      />
      <Choices
        name="occasion"
        legend={say('system.occasion')}
        values={occasions}
        labelOf={(each) => occasionText[each]()}
        value="daily"
      />
      <PassphraseFields edit={edit} hint={say('system.scheduleHint')} />
    </EditForm>
  );
}
