import type { Language } from '../admin/speaking.js';

/** What the commands `licence`, `identity` and `hardware-id` say beside the texts of their rooms. */
export interface CommandTexts {
  readonly licenceUsage: string;
  readonly identityUsage: string;
  readonly hardwareIdUsage: string;
  readonly noKeyGiven: string;
  readonly accepted: Readonly<Record<'licence' | 'server', string>>;
  readonly notTaken: string;
  readonly wouldBe: Readonly<Record<'allowed' | 'refused', string>>;
  readonly nothingToRemove: string;
  removed(paths: readonly string[]): string;
  written(path: string): string;
  cannotRead(path: string): string;
  cannotWrite(path: string): string;
  tooLarge(path: string): string;
  readonly passphrase: string;
  readonly passphraseAgain: string;
  readonly passphrasesDiffer: string;
  restored(hardwareId: string): string;
  restoredOnOtherBoard(before: string): string;
}

export const commandTexts: Readonly<Record<Language, CommandTexts>> = {
  en: {
    licenceUsage: `Usage:
  modcall licence show                         what is licensed, and whether it is valid here
  modcall licence enter --file FILE | - | KEY  take a licence key into use
  modcall licence remove                       take the licence key out of use
  modcall licence explain KEY | --file FILE    what is in a key, and whether it would be valid here
  modcall licence order-sheet [--html] [--output FILE]
Option for all but order-sheet: --json. Exit codes: 0 valid, 1 refused, 2 usage, 3 failure.`,
    identityUsage: `Usage:
  modcall identity backup --output FILE [--passphrase-file FILE]
  modcall identity restore FILE [--passphrase-file FILE]
Option: --json. Exit codes: 0 done, 2 usage, 3 failure.`,
    hardwareIdUsage: 'Usage: modcall hardware-id [--json]',
    noKeyGiven:
      'Please give one licence key: with --file FILE (the file from your vendor), pasted into standard input with -, or after the command.',
    accepted: {
      licence: 'The licence key is in use from now on.',
      server: 'The server licence key is in use from now on.',
    },
    notTaken: 'The key has not been taken into use; nothing has changed.',
    wouldBe: { allowed: 'Valid on this box now:', refused: 'Not valid on this box now:' },
    nothingToRemove: 'There is no licence key.',
    removed: (paths) => `The licence key has been removed. A copy is kept in ${paths.join(', ')}.`,
    written: (path) => `Written: ${path}`,
    cannotRead: (path) => `The file ${path} cannot be read. Please check its name and that you may read it.`,
    cannotWrite: (path) =>
      `The file ${path} cannot be written. It must not exist yet, and its folder must be writable.`,
    tooLarge: (path) => `The file ${path} is too large for this. Please check its name.`,
    passphrase: 'Passphrase: ',
    passphraseAgain: 'Passphrase again: ',
    passphrasesDiffer: 'The two passphrases are not the same. Please try again.',
    restored: (id) => `The identity is restored. The hardware ID is ${id}. Restart Modcall to use it.`,
    restoredOnOtherBoard: (before) =>
      `The backup is of another board (hardware ID ${before}): the host key is the same now, the CPU is not. Ask your vendor for a licence key for this hardware ID.`,
  },
  de: {
    licenceUsage: `Aufruf:
  modcall licence show                             was lizenziert ist, und ob es hier gilt
  modcall licence enter --file DATEI | - | SCHLÜSSEL  einen Lizenzschlüssel eintragen
  modcall licence remove                           den Lizenzschlüssel entfernen
  modcall licence explain SCHLÜSSEL | --file DATEI    was in einem Schlüssel steht, und ob er hier gültig wäre
  modcall licence order-sheet [--html] [--output DATEI]
Für alle außer order-sheet: --json. Rückgabewerte: 0 gültig, 1 abgelehnt, 2 Aufruf falsch, 3 Fehler.`,
    identityUsage: `Aufruf:
  modcall identity backup --output DATEI [--passphrase-file DATEI]
  modcall identity restore DATEI [--passphrase-file DATEI]
Wahlweise: --json. Rückgabewerte: 0 erledigt, 2 Aufruf falsch, 3 Fehler.`,
    hardwareIdUsage: 'Aufruf: modcall hardware-id [--json]',
    noKeyGiven:
      'Bitte geben Sie einen Lizenzschlüssel an: mit --file DATEI (der Datei Ihres Herstellers), mit - in die Standardeingabe eingefügt, oder hinter dem Befehl.',
    accepted: {
      licence: 'Der Lizenzschlüssel ist ab sofort in Gebrauch.',
      server: 'Der Server-Lizenzschlüssel ist ab sofort in Gebrauch.',
    },
    notTaken: 'Der Schlüssel wurde nicht übernommen; es hat sich nichts geändert.',
    wouldBe: { allowed: 'Auf diesem Gerät jetzt gültig:', refused: 'Auf diesem Gerät jetzt nicht gültig:' },
    nothingToRemove: 'Es gibt keinen Lizenzschlüssel.',
    removed: (paths) => `Der Lizenzschlüssel wurde entfernt. Eine Kopie liegt in ${paths.join(', ')}.`,
    written: (path) => `Geschrieben: ${path}`,
    cannotRead: (path) =>
      `Die Datei ${path} lässt sich nicht lesen. Bitte prüfen Sie ihren Namen, und ob Sie sie lesen dürfen.`,
    cannotWrite: (path) =>
      `Die Datei ${path} lässt sich nicht schreiben. Es darf sie noch nicht geben, und ihr Ordner muss beschreibbar sein.`,
    tooLarge: (path) => `Die Datei ${path} ist dafür zu groß. Bitte prüfen Sie ihren Namen.`,
    passphrase: 'Passphrase: ',
    passphraseAgain: 'Passphrase noch einmal: ',
    passphrasesDiffer: 'Die beiden Passphrasen sind nicht gleich. Bitte versuchen Sie es noch einmal.',
    restored: (id) =>
      `Die Identität ist wiederhergestellt. Die Hardware-ID ist ${id}. Starten Sie Modcall neu, um sie zu verwenden.`,
    restoredOnOtherBoard: (before) =>
      `Die Sicherung stammt von einer anderen Platine (Hardware-ID ${before}): Der Host-Schlüssel ist jetzt derselbe, die CPU nicht. Fragen Sie Ihren Hersteller nach einem Lizenzschlüssel für diese Hardware-ID.`,
  },
};
