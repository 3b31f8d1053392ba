import type { agreement as english } from '../../en/page/agreement.js';
import type { Translation } from '../../tree.js';

export const agreement: Translation<typeof english> = {
  ownPeriods: 'Wann ich mitgehört werden darf',
  period: ({ from, to, announced }) => `Von ${from} bis ${to}, angekündigt am ${announced}.`,
};
