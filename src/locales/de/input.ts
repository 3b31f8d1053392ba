import type { input as english } from '../en/input.js';
import type { Translation } from '../tree.js';

export const input: Translation<typeof english> = {
  missing: 'fehlt',
  unknown: 'gehört nicht hierher',
  text: 'ist kein Text',
  number: 'ist keine Zahl',
  whole: 'ist keine ganze Zahl',
  flag: 'ist weder true noch false',
  list: 'ist keine Liste',
  group: 'ist keine Gruppe von Feldern',
  short: ({ least }) => (least === 1 ? 'ist leer' : `hat weniger als ${least} Zeichen`),
  long: ({ most }) => `hat mehr als ${most} Zeichen`,
  small: ({ least }) => `ist kleiner als ${least}`,
  large: ({ most }) => `ist größer als ${most}`,
  few: ({ least }) => `hat zu wenige Einträge: mindestens ${least}`,
  many: ({ most }) => `hat zu viele Einträge: höchstens ${most}`,
  moment: 'ist keine Zeit wie 2026-03-04T12:00:00Z',
  form: 'ist nicht so geschrieben, wie es sein muss',
  choice: ({ choices }) => `ist keines von: ${choices}`,
  other: 'ist nicht das, was hierher gehört',
};
