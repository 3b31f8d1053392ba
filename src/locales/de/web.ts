import type { web as english } from '../en/web.js';
import type { Translation } from '../tree.js';

export const web: Translation<typeof english> = {
  nothingToConfirm: 'Die Seite ist, wo sie war: Es gibt nichts zu bestätigen oder zurückzunehmen.',
  notYours: ({ by }) =>
    `Nur ${by} hat die Seite umgezogen und kann bestätigen, dass sie hier zu finden ist. Sie können den Umzug zurücknehmen.`,
  notThere:
    'Das Gerät ist an der neuen Stelle nicht zu erreichen, also lässt sie sich nicht bestätigen. Nehmen Sie den Umzug zurück, und wählen Sie einen anderen Port oder eine andere Adresse.',
};
