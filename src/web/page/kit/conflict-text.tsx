import type { Conflict } from '../api/send-against.js';
import type { SettingsChange } from '../api/settings-change.js';
import { say, sayOr } from '../texts.js';

/** What somebody else has changed while this was typed. Nothing is lost: it can be typed on, and saved again. */
export function ConflictText({ conflict }: { readonly conflict: Conflict | null }) {
  return (
    <div role="alert" class={conflict ? 'problem' : ''}>
      {conflict && (
        <>
          <p>{say('form.conflict')}</p>
          {conflict.changes === null && <p>{say('form.conflictUnknown')}</p>}
          <ul>
            {conflict.changes?.map((change) => (
              <li key={change.path.join(' ')}>{changeText(change)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function changeText({ path, before, after, secret }: SettingsChange): string {
  const within = path.length > 2 ? path.slice(2) : path.slice(-1);
  const name = within.map((step) => sayOr(`form.name.${step}`, step)).join(', ');
  if (secret) return name;
  return say('form.change', { name, before: valueText(before), after: valueText(after) });
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return say('form.nothing');
  if (typeof value === 'boolean') return say(value ? 'form.yes' : 'form.no');
  if (Array.isArray(value)) return value.length === 0 ? say('form.nothing') : value.map(valueText).join(', ');
  return typeof value === 'object' ? Object.values(value).map(valueText).join(' ') : String(value);
}
