import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { askExtensions } from '../api/extensions.js';
import { Resource } from '../api/resource.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { EditForm } from '../kit/form/edit-form.js';
import { Labelled, type Labels } from '../kit/form/labelled.js';
import { Picks } from '../kit/form/picks.js';
import { nameOf } from '../people/people-data.js';
import { say } from '../texts.js';
import type { Document } from './agreement-data.js';

interface AnnouncePeriodProps {
  readonly document: Document;
  readonly onDone: () => void;
}

const fields = ['members', 'from', 'to'];
const dayMs = 24 * 3_600_000;

/** Announces when members may be listened to. */
export function AnnouncePeriod({ document, onDone }: AnnouncePeriodProps) {
  const extensions = useMemo(() => new Resource(askExtensions), []);
  useEffect(() => extensions.refresh(), [extensions]);
  const members = [...new Set(document.listening.flatMap((each) => each.members))].sort();
  const names = new Map(extensions.value.value?.entries.map((each) => [each.number, nameOf(each)]));
  const edit = useEdit({
    // Each is new: nobody else can be in the way.
    version: 0,
    place: () => [],
    read: readPeriod,
    send: (sent, { dryRun }) => ask('POST', '/periods', { ...sent, dryRun }),
    onSaved() {
      announce(say('agreement.periodAnnounced'));
      onDone();
    },
  });
  const ahead = document.periods?.daysAhead ?? 0;
  // The next full hour, so that the time it takes to fill the form in is not too much.
  const first = Math.ceil(Date.now() / 3_600_000 + 1) * 3_600_000 + ahead * dayMs;
  return (
    <section aria-labelledby="announce-period">
      <h2 id="announce-period">{say('agreement.announce')}</h2>
      <EditForm edit={edit} fields={fields} action={say('agreement.announce')}>
        <Picks
          name="members"
          label={say('agreement.members')}
          choices={members.map((number) => [number, names.get(number) ?? number])}
          picked={members}
          fault={edit.faultAt('members')}
        />
        <MomentField name="from" value={first} label={say('agreement.from')} fault={edit.faultAt('from')} />
        <MomentField name="to" value={first + dayMs} label={say('agreement.to')} fault={edit.faultAt('to')} />
      </EditForm>
    </section>
  );
}

interface MomentFieldProps extends Labels {
  readonly name: string;
  readonly value: number;
}

function MomentField({ name, value, ...labels }: MomentFieldProps) {
  return (
    <Labelled {...labels}>
      {(ties) => <input {...ties} type="datetime-local" name={name} defaultValue={localText(value)} required />}
    </Labelled>
  );
}

/** As such a field has it, in the time of this browser. */
function localText(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice(0, 16);
}

function readPeriod(data: FormData) {
  const moment = (name: string) => {
    const time = new Date(String(data.get(name) ?? ''));
    return Number.isNaN(time.getTime()) ? '' : time.toISOString();
  };
  return { members: data.getAll('members').map(String), from: moment('from'), to: moment('to') };
}
