import type { Language } from '../admin/speaking.js';

const words: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    boxStarted: 'Modcall started',
    boxStopped: 'Modcall stopped',
    adminPasswordReset: 'the button was held to reset the admin password',
    tornTail: 'an entry torn by a power cut was set aside',
    recordDamaged: 'the record was found damaged',
    attempt: 'someone asked to monitor',
    identified: 'a moderator was identified',
    refused: 'refused',
    started: 'monitoring started',
    modeChanged: 'mode changed',
    takingOver: 'a moderator takes over the call',
    followChanged: 'following changed',
    ended: 'monitoring ended',
    dialogueEnded: 'the dialogue ended',
  },
  de: {
    boxStarted: 'Modcall gestartet',
    boxStopped: 'Modcall beendet',
    adminPasswordReset: 'mit dem Taster sollte das Admin-Passwort zurückgesetzt werden',
    tornTail: 'ein durch Stromausfall abgerissener Eintrag wurde beiseitegelegt',
    recordDamaged: 'das Protokoll war beschädigt',
    attempt: 'jemand wollte mithören',
    identified: 'ein Moderator wurde erkannt',
    refused: 'abgewiesen',
    started: 'Mithören begonnen',
    modeChanged: 'Art geändert',
    takingOver: 'ein Moderator übernimmt das Gespräch',
    followChanged: 'Folgen geändert',
    ended: 'Mithören beendet',
    dialogueEnded: 'der Dialog ist zu Ende',
  },
};

/** One fact as a line to read: what happened, then its details by their names in the record. */
export function factText(fact: Readonly<Record<string, unknown>>, language: Language): string {
  const { type, ...details } = fact;
  const name = String(type);
  const shown = Object.entries(details).map(([key, value]) => `${key}=${String(value)}`);
  return [words[language][name] ?? name, ...shown].join('  ');
}
