import { hasRole } from '../api/session.js';
import type { OutputOf } from '../api/table.js';
import { Field } from '../kit/form/field.js';
import { Select } from '../kit/form/select.js';
import { useFront } from '../kit/front.js';
import { nameOf, type PeopleData } from '../people/people-data.js';
import { say } from '../texts.js';
import { type Excluded, type ExcludedKind, ExcludeForm, Include } from './exclude.js';

/** With whom calls are never listened to. */
export function Exclusions({ data }: { readonly data: PeopleData }) {
  const { shown, show, close, done } = useFront<Excluded>(data.fresh);
  const exclusions = data.exclusions.value.value;
  const extensions = data.extensions.value.value;
  if (!exclusions || !extensions) return null;
  const nameFor = (number: string) => {
    const found = extensions.entries.find((extension) => extension.number === number);
    return found ? nameOf(found) : number;
  };
  const list = (kind: ExcludedKind) => (
    <ExcludedList
      exclusions={exclusions}
      kind={kind}
      nameFor={nameFor}
      onRemove={(number) => show({ kind, number })()}
    />
  );
  const choices = extensions.entries
    .filter(({ number }) => !exclusions.extensions.includes(number))
    .map((extension) => [extension.number, nameOf(extension)] as const);
  return (
    <>
      <p class="lead">{say('rules.exclusionsAbout')}</p>
      <div class="two">
        <section aria-labelledby="excluded-extensions">
          <h2 id="excluded-extensions">{say('rules.excludedExtensions')}</h2>
          {list('extensions')}
          {hasRole() && (
            <ExcludeForm kind="extensions" onExcluded={data.fresh}>
              {() => (
                <Select
                  name="number"
                  label={say('rules.excludeExtension')}
                  choices={[['', say('rules.chooseExtension')], ...choices]}
                />
              )}
            </ExcludeForm>
          )}
        </section>
        <section aria-labelledby="excluded-numbers">
          <h2 id="excluded-numbers">{say('rules.excludedNumbers')}</h2>
          {list('numbers')}
          {hasRole() && (
            <ExcludeForm kind="numbers" onExcluded={data.fresh}>
              {(fault) => (
                <Field
                  name="number"
                  label={say('rules.excludeNumber')}
                  hint={say('rules.excludeNumberHint')}
                  maxLength={21}
                  fault={fault}
                />
              )}
            </ExcludeForm>
          )}
        </section>
      </div>
      {shown && <Include excluded={shown} version={exclusions.version} onClose={close} onDone={() => done()} />}
    </>
  );
}

interface ExcludedListProps {
  readonly exclusions: OutputOf<'GET', '/exclusions'>;
  readonly kind: ExcludedKind;
  readonly nameFor: (number: string) => string;
  readonly onRemove: (number: string) => void;
}

function ExcludedList({ exclusions, kind, nameFor, onRemove }: ExcludedListProps) {
  const numbers = exclusions[kind];
  if (numbers.length === 0) return <p class="empty">{say('list.empty')}</p>;
  return (
    <ul class="card rows">
      {numbers.map((number) => (
        <li key={number}>
          <span>{kind === 'extensions' ? nameFor(number) : number}</span>
          {hasRole() && (
            <button type="button" aria-label={say('form.removeOf', { name: number })} onClick={() => onRemove(number)}>
              {say('form.remove')}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
