import { Field } from '../kit/form/field.js';
import { say } from '../texts.js';
import { DayField } from './day-field.js';

interface AuditFilterProps {
  readonly kinds: readonly { readonly type: string; readonly text: string }[];
  readonly query: Readonly<Record<string, string>>;
  readonly isBusy: boolean;
  readonly isFiltered: boolean;
}

/** Which entries are looked for. */
export function AuditFilter({ kinds, query, isBusy, isFiltered }: AuditFilterProps) {
  return (
    <div class="search">
      <div class="field">
        <label for="kind">{say('record.kind')}</label>
        <select id="kind" name="type">
          <option value="">{say('record.anyKind')}</option>
          {kinds.map(({ type, text }) => (
            <option key={type} value={type} selected={type === query.type}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <Field name="moderator" label={say('record.moderator')} value={query.moderator} maxLength={32} />
      <Field name="member" label={say('record.member')} value={query.member} maxLength={32} />
      <DayField name="from" label={say('record.from')} value={query.from} />
      <DayField name="to" label={say('record.until')} value={query.to} />
      <button type="submit" name="step" value="search" disabled={isBusy}>
        {say('record.search')}
      </button>
      {isFiltered && (
        <a class="button" href="/record">
          {say('record.reset')}
        </a>
      )}
    </div>
  );
}
