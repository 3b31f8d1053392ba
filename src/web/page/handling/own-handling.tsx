import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { watchEvents } from '../api/events.js';
import { Resource } from '../api/resource.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { EditForm } from '../kit/form/edit-form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { type CallHandling, handlingFields, readHandling } from './handling-data.js';
import { HandlingFields } from './handling-fields.js';

/** What happens with the calls of whoever is signed in; it follows what they key at their telephone, unless they are typing here. */
export function OwnHandling() {
  const data = useMemo(() => new Resource(() => ask('GET', '/own/call-handling', {})), []);
  useEffect(() => watchEvents(['callHandling'], () => data.refresh()), [data]);
  const handling = data.value.value;
  return (
    <section aria-labelledby="own-handling">
      <h2 id="own-handling">{say('handling.ownTitle')}</h2>
      <ProblemText problem={data.problem.value} />
      {handling && <OwnHandlingForm handling={handling} />}
    </section>
  );
}

function OwnHandlingForm({ handling: latest }: { readonly handling: CallHandling }) {
  const shown = useSignal(latest);
  const edit = useEdit({
    version: 0,
    place: () => [],
    read: (data) => readHandling(data, shown.value),
    send: (change, { dryRun }) => ask('PATCH', '/own/call-handling', { ...change, dryRun }),
    onSaved(saved) {
      shown.value = saved;
      announce(say('handling.saved'));
    },
  });
  const isChanged = edit.isChanged.value;
  useEffect(() => {
    if (!isChanged) shown.value = latest;
  }, [latest, isChanged, shown]);
  return (
    <EditForm edit={edit} fields={handlingFields}>
      <HandlingFields key={JSON.stringify(shown.value)} handling={shown.value} faultAt={edit.faultAt} />
    </EditForm>
  );
}
