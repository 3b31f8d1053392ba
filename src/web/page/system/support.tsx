import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { InputOf, OutputOf } from '../api/table.js';
import { Check } from '../kit/form/check.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

type Part = OutputOf<'GET', '/support'>['parts'][number]['part'];
type Numbers = NonNullable<InputOf<'GET', '/support'>['numbers']>;

/** The support bundle, which can be read part by part before anybody gets it. */
export default function Support() {
  const numbers = useSignal<Numbers>('masked');
  const bundle = useMemo(() => new Resource(() => ask('GET', '/support', { numbers: numbers.value })), [numbers]);
  useEffect(() => bundle.refresh(), [bundle]);
  const areShown = numbers.value === 'shown';
  return (
    <>
      <p class="lead">{say('system.supportAbout')}</p>
      <ProblemText problem={bundle.problem.value} />
      <Check
        name="numbers"
        label={say('system.numbersShown')}
        isChecked={areShown}
        onChange={() => {
          numbers.value = areShown ? 'masked' : 'shown';
        }}
      />
      <p>
        <a class="button main" href={`/api/support/bundle?numbers=${numbers.value}`} download="modcall-support.json">
          {say('system.bundle')}
        </a>
      </p>
      {bundle.value.value?.parts.map(({ part, bytes }) => (
        <PartOfBundle key={`${part} ${numbers.value}`} part={part} bytes={bytes} numbers={numbers.value} />
      ))}
    </>
  );
}

interface PartProps {
  readonly part: Part;
  readonly bytes: number;
  readonly numbers: Numbers;
}

/** Shown as it is in the file, once somebody opens it. */
function PartOfBundle({ part, bytes, numbers }: PartProps) {
  const shown = useMemo(() => new Resource(() => ask('GET', '/support', { numbers, part })), [numbers, part]);
  return (
    <details class="card" onToggle={({ currentTarget }) => currentTarget.open && shown.refresh()}>
      <summary>
        {say(`system.partIs.${part}`)} <span class="note">{say('system.bytes', { count: bytes })}</span>
      </summary>
      <ProblemText problem={shown.problem.value} />
      {shown.value.value && (
        <textarea class="source" readOnly aria-label={say(`system.partIs.${part}`)} rows={16}>
          {JSON.stringify(shown.value.value.content, undefined, 2)}
        </textarea>
      )}
    </details>
  );
}
