import type { welcome as english } from '../en/welcome.js';
import type { Translation } from '../tree.js';

export const welcome: Translation<typeof english> = {
  running: 'Modcall läuft. Beenden mit Strg+C.',
  page: ({ url }) => `Die Seite des Geräts im Browser: ${url}`,
  ownCertificate:
    '  Der Browser warnt einmal, weil das Gerät sein Zertifikat selbst gemacht hat: Gehen Sie weiter zur Seite.',
  setUp: ({ code }) => `  Richten Sie das Gerät dort ein, mit dem Einmalcode ${code}.`,
  setUpLater: ({ code }) =>
    `  Oder ziehen Sie die Seite um, während das Gerät läuft (modcall settings change --web.port 8444), und richten Sie es dort mit dem Einmalcode ${code} ein.`,
  logins: '  Dort können sich anmelden:',
  login: { name: 'Name', password: 'Passwort', role: 'Rolle' },
  frontPanel: ({ url }) => `Frontplatte, Telefone und Amtsleitung im Browser: ${url}`,
  liftHandset: ({ pin }) =>
    `  Heben Sie dort den Hörer ab, tippen Sie ${pin} und #, dann noch einmal #: Sie hören das neueste Gespräch.`,
  panelPhones: ({ phones }) => `  Telefone dort: ${phones}.`,
  addresses: 'Telefone melden sich an bei:',
  accounts: 'Nebenstellen zum Ausprobieren (Nummer, Passwort, Name; der Benutzername ist die Nummer):',
  services: 'Servicenummern für Moderatoren:',
  notice:
    'In dieser Voreinstellung hört das Mitglied zu Beginn einen Ton und die Gegenseite eine Ansage. Heimliches Mithören ist in vielen Ländern strafbar: Ändern Sie das nur, wenn Sie die Rechtslage kennen.',
  settingsFaulty:
    'Niemand kann zurzeit mithören: Mithören bleibt gesperrt, bis die Einstellungen berichtigt sind (modcall settings check).',
  notRecorded:
    'Niemand kann zurzeit mithören: Das Prüfprotokoll lässt sich nicht schreiben, und so lange bleibt das Mithören gesperrt. Bis dahin öffnet keine PIN etwas.',
  hardwareId: ({ id }) => `Hardware-ID dieses Geräts, zum Bestellen einer Lizenz: ${id}`,
  trouble: ({ advice }) => `ACHTUNG: ${advice}`,
  howToInBrowser: ({ url, name, pin }) =>
    [
      'So hören Sie im Browser mit:',
      `  1. Öffnen Sie ${url} und melden Sie sich als ${name} an.`,
      `  2. Drücken Sie „Hier mithören“ beim Gespräch, und tippen Sie die PIN ${pin}.`,
    ].join('\n'),
  howTo: ({ moderator, service, pin, hasDemoCall }) =>
    [
      'So hören Sie mit einem Telefon mit:',
      hasDemoCall
        ? `  1. Melden Sie ein Telefon als ${moderator} an. Zwei eingebaute Telefone sprechen bereits miteinander.`
        : `  1. Melden Sie ein Telefon als ${moderator} an, zwei weitere als 101 und 102; rufen Sie von 101 aus 102 an.`,
      `  2. Wählen Sie von ${moderator} aus ${service}, dann die PIN ${pin} und #.`,
      '  3. Noch einmal #, und Sie hören das neueste Gespräch. Oder erst die Nebenstelle, dann #.',
      '  4. Tasten: 4 Mithören, 5 Flüstern, 6 Aufschalten, 8 Übernehmen, * nächstes Gespräch, 9 ansagen, bei wem mitgehört wird.',
    ].join('\n'),
};
