import type { live as english } from '../en/live.js';
import type { Translation } from '../tree.js';

export const live: Translation<typeof english> = {
  noSuchCall: ({ call }) => `Den Anruf ${call} gibt es nicht mehr. Lassen Sie sich die Anrufe neu zeigen.`,
  noSuchMonitor: ({ session }) =>
    `Das Mithören ${session} gibt es nicht mehr, oder Sie dürfen es nicht beenden. Lassen Sie es sich neu zeigen.`,
  emergency: 'Dieser Anruf geht zum Notruf, oder vielleicht dorthin: Beenden können ihn nur, die sprechen.',
  noExtension:
    'Sie haben hier keine Nebenstelle, also auch keinen eigenen Anruf. Ein Admin kann sie bei Ihrem Benutzer eintragen.',
  noRestart: 'Es wartet kein Neustart, oder er hat schon begonnen. Es wurde nichts abgesagt.',
};
