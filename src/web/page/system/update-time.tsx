import { useSignal } from '@preact/signals';
import { Field } from '../kit/form/field.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';

const dayMs = 86_400_000;

/** When the machine is to be started anew with an update. */
export function UpdateTime() {
  const when = useSignal('idle');
  return (
    <>
      <Select
        name="when"
        label={say('system.updateWhen')}
        value={when.value}
        choices={[
          ['idle', say('system.updateWhenIdle')],
          ['at', say('system.updateWhenAt')],
          ['now', say('system.updateWhenNow')],
        ]}
        onChange={(value) => {
          when.value = value;
        }}
      />
      {when.value === 'at' && <Field name="at" type="time" label={say('system.updateAt')} value="03:00" isNeeded />}
    </>
  );
}

/** As the box is told: the time of day is the next one by the clock of this computer, and calls go first then, too. */
export function readRestart({ when, at }: Readonly<Record<string, string>>): {
  when: 'idle' | 'now';
  at: string | null;
} {
  if (when !== 'at') return { when: when === 'now' ? 'now' : 'idle', at: null };
  const [hours, minutes] = (at ?? '').split(':').map(Number);
  const next = new Date();
  next.setHours(hours ?? 0, minutes ?? 0, 0, 0);
  if (next.getTime() <= Date.now()) next.setTime(next.getTime() + dayMs);
  return { when: 'idle', at: next.toISOString() };
}
