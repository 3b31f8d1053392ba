import { useAdded } from '../kit/form/added.js';
import type { Edit } from '../kit/form/edit.js';
import { Picks } from '../kit/form/picks.js';
import type { Choice } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { Document } from './agreement-data.js';

type Line = Document['listening'][number];

interface ListeningFieldsProps {
  readonly listening: readonly Line[];
  readonly choices: readonly Choice[];
  readonly edit: Edit;
}

const fresh: Line = { moderators: [], members: [] };

/** Who may listen to whom. */
export function ListeningFields({ listening, choices, edit }: ListeningFieldsProps) {
  const { parts, add, remove } = useAdded(listening, fresh, edit);
  return (
    <fieldset class="field">
      <legend>{say('agreement.field.listening')}</legend>
      <p class="hint">{say('agreement.listeningHint')}</p>
      {parts.value.map(({ key, value }, index) => {
        const name = `listening.${index}`;
        const number = index + 1;
        return (
          <fieldset key={key} class="window">
            <legend>{say('agreement.lineNumber', { number })}</legend>
            <input type="hidden" name="line" value={name} />
            <Picks
              name={`${name}.moderators`}
              label={say('agreement.moderators')}
              choices={choices}
              picked={value.moderators}
              fault={edit.faultAt(`${name}.moderators`)}
            />
            <Picks
              name={`${name}.members`}
              label={say('agreement.members')}
              choices={choices}
              picked={value.members}
              fault={edit.faultAt(`${name}.members`)}
            />
            <button type="button" aria-label={say('agreement.removeLine', { number })} onClick={() => remove(key)}>
              {say('form.remove')}
            </button>
          </fieldset>
        );
      })}
      <div>
        <button type="button" onClick={add}>
          {say('agreement.addLine')}
        </button>
      </div>
    </fieldset>
  );
}
