import type { Language } from '../admin/speaking.js';

interface HowTo {
  readonly moderator: string;
  readonly service: string;
  readonly pin: string;
  readonly demoCall: boolean;
}

interface WelcomeTexts {
  readonly running: string;
  frontPanel(url: string): string;
  liftHandset(pin: string): string;
  readonly addresses: string;
  readonly accounts: string;
  readonly services: string;
  readonly notice: string;
  hardwareId(id: string): string;
  trouble(advice: string): string;
  howTo(facts: HowTo): string;
}

export const welcomeTexts: Readonly<Record<Language, WelcomeTexts>> = {
  de: {
    running: 'Modcall läuft. Beenden mit Strg+C.',
    frontPanel: (url) => `Frontplatte, Telefone und Amtsleitung im Browser: ${url}`,
    liftHandset: (pin) =>
      `  Heben Sie dort den Hörer des Moderators ab, tippen Sie ${pin} und #, noch einmal #: Sie hören das neueste Gespräch.`,
    addresses: 'Telefone melden sich an bei:',
    accounts: 'Nebenstellen zum Ausprobieren (Nummer, Passwort, Name; der Benutzername ist die Nummer):',
    services: 'Servicenummern für Moderatoren:',
    notice:
      'In dieser Voreinstellung hört das Mitglied zu Beginn einen Ton und die andere Seite eine Ansage. Heimliches Mithören ist in vielen Ländern strafbar: Ändern Sie das nur, wenn Sie die Rechtslage kennen.',
    trouble: (advice) => `ACHTUNG: ${advice}`,
    hardwareId: (id) => `Hardware-ID dieses Geräts, zum Bestellen einer Lizenz: ${id}`,
    howTo: ({ moderator, service, pin, demoCall }) =>
      `So hören Sie mit:\n${[
        demoCall
          ? `Melden Sie ein Telefon als ${moderator} an. Zwei eingebaute Telefone sprechen bereits miteinander.`
          : `Melden Sie ein Telefon als ${moderator} an, zwei weitere als 101 und 102; rufen Sie von 101 aus 102 an.`,
        `Wählen Sie von ${moderator} aus ${service}, dann die PIN ${pin} und #.`,
        'Noch einmal #, und Sie hören das neueste Gespräch. Oder erst die Nebenstelle, dann #.',
        'Tasten: 4 mithören, 5 flüstern, 6 aufschalten, 8 übernehmen, * nächstes Gespräch, 9 wer spricht.',
      ]
        .map((step, index) => `  ${index + 1}. ${step}`)
        .join('\n')}`,
  },
  en: {
    running: 'Modcall is running. Ctrl+C stops it.',
    frontPanel: (url) => `Front panel, telephones and exchange line in the browser: ${url}`,
    liftHandset: (pin) =>
      `  Lift the moderator's handset there, key ${pin} and #, another #: you hear the newest call.`,
    addresses: 'Phones register at:',
    accounts: 'Extensions to try it out (number, password, name; the user name is the number):',
    services: 'Service numbers for moderators:',
    notice:
      'As set up now, the member hears a tone at the start and the other party an announcement. Listening in secretly is a crime in many countries: change this only if you know the law.',
    trouble: (advice) => `ATTENTION: ${advice}`,
    hardwareId: (id) => `Hardware ID of this box, to order a licence with: ${id}`,
    howTo: ({ moderator, service, pin, demoCall }) =>
      `How to listen:\n${[
        demoCall
          ? `Register a phone as ${moderator}. Two built-in phones are talking to each other already.`
          : `Register a phone as ${moderator}, and two more as 101 and 102; call 102 from 101.`,
        `From ${moderator} dial ${service}, then the PIN ${pin} and #.`,
        'Another #, and you hear the newest call. Or key an extension first, then #.',
        'Keys: 4 listen, 5 whisper, 6 barge in, 8 take over, * next call, 9 who is talking.',
      ]
        .map((step, index) => `  ${index + 1}. ${step}`)
        .join('\n')}`,
  },
};
