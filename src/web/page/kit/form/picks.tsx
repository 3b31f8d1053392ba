import { useSignal } from '@preact/signals';
import type { Fault } from '../../api/api-problem.js';
import { say } from '../../texts.js';
import { faultText } from '../fault-text.js';
import type { Choice } from './select.js';

interface PicksProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly choices: readonly Choice[];
  readonly picked: readonly string[];
  readonly fault?: Fault | undefined;
  /** Told all that have a tick, whenever one is given or taken. */
  readonly onPick?: (picked: readonly string[]) => void;
}

/** So many are seen at a glance; among more, one has to search. */
const mostAtAGlance = 12;

/** Several of a list, each with a tick. What is filtered out keeps its tick. */
export function Picks({ name, label, hint, choices, picked, fault, onPick }: PicksProps) {
  const words = useSignal('');
  const isShown = (text: string) => text.toLowerCase().includes(words.value.trim().toLowerCase());
  return (
    <fieldset class="field" onChange={({ currentTarget }) => onPick?.(pickedIn(currentTarget))}>
      <legend>{label}</legend>
      {fault && <p class="fault">{faultText(fault)}</p>}
      {hint && <p class="hint">{hint}</p>}
      {choices.length > mostAtAGlance && (
        <input
          type="search"
          aria-label={say('form.searchIn', { label })}
          placeholder={say('list.search')}
          value={words.value}
          onInput={(event) => {
            // It is no field of the form: searching changes nothing.
            event.stopPropagation();
            words.value = event.currentTarget.value;
          }}
        />
      )}
      {choices.length === 0 && <p class="hint">{say('list.empty')}</p>}
      <div class="picks">
        {choices.map(([value, text]) => (
          <label key={value} class="pick" hidden={!isShown(text)}>
            <input type="checkbox" name={name} value={value} defaultChecked={picked.includes(value)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const pickedIn = (picks: HTMLFieldSetElement): readonly string[] =>
  [...picks.querySelectorAll<HTMLInputElement>('.pick input:checked')].map(({ value }) => value);
