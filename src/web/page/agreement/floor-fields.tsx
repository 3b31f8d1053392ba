import { bounds } from '../../../agreement/bounds.js';
import type { Edit } from '../kit/form/edit.js';
import { NumberField } from '../kit/form/number-field.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { Document } from './agreement-data.js';
import { starts } from './read-terms.js';

interface FloorFieldsProps {
  readonly side: 'member' | 'other';
  readonly floor: Document['notice']['member'] | undefined;
  readonly edit: Edit;
}

/** The least that one side is told. */
export function FloorFields({ side, floor, edit }: FloorFieldsProps) {
  const at = `notice.${side}`;
  return (
    <fieldset class="field">
      <legend>{say(side === 'member' ? 'agreement.field.noticeMember' : 'agreement.field.noticeOther')}</legend>
      <Select
        name={`${at}.start`}
        label={say('agreement.atStart')}
        value={floor?.start ?? 'announcement'}
        choices={starts.map((start) => [start, say(`agreement.start.${start}`)])}
        fault={edit.faultAt(`${at}.start`)}
      />
      <NumberField
        name={`${at}.toneEvery`}
        bounds={bounds.toneEvery}
        label={say('agreement.toneSeconds')}
        hint={say('agreement.emptyForNone')}
        value={floor?.toneEvery}
        fault={edit.faultAt(`${at}.toneEvery`)}
      />
    </fieldset>
  );
}
