import { type ModelFacts, modelFacts, phoneModels } from '../../primitives/phone-models.js';
import type { Path } from '../files/file-faults.js';
import type { Fault } from './settings-faults.js';
import { each, type SoundParts } from './sound-parts.js';

const macPattern = /^[0-9a-f]{12}$/;

/** What the model of a phone cannot be, or do. */
export function phoneFaults(parts: SoundParts): Fault[] {
  return parts.texts('phones', each, 'model').flatMap(({ path, value }) => {
    const model = phoneModels.find((known) => known === value);
    return model ? modelFaults(parts, path.slice(0, -1), modelFacts[model]) : [];
  });
}

function modelFaults(parts: SoundParts, phone: Path, { lines, hasButtons, isAdapter, hasMac }: ModelFacts): Fault[] {
  const id = parts.text([...phone, 'id']);
  const faults: readonly (readonly [boolean, Fault])[] = [
    [hasMac && id !== undefined && !macPattern.test(id), { path: [...phone, 'id'], code: 'settings.fault.phoneMac' }],
    [
      parts.text([...phone, 'extensions', lines]) !== undefined,
      { path: [...phone, 'extensions'], code: 'settings.fault.phoneLines' },
    ],
    [
      !hasButtons && parts.text([...phone, 'buttons', 0, 'kind']) !== undefined,
      { path: [...phone, 'buttons'], code: 'settings.fault.phoneButtons' },
    ],
    [
      !isAdapter && parts.text([...phone, 'onLift', 'kind']) === 'call',
      { path: [...phone, 'onLift'], code: 'settings.fault.phoneOnLift' },
    ],
  ];
  return faults.flatMap(([isFaulty, fault]) => (isFaulty ? [fault] : []));
}
