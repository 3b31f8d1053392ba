import type { Language } from '../primitives/language.js';
import { AdminError } from '../store/admin-error.js';

type Texts = (subject: string) => Readonly<Record<Language, string>>;

/** What can be the matter with the box's identity; the subject is a file's path where there is one. */
const texts = {
  keyDamaged: (path) => ({
    en: `The host key ${path} is damaged. Restore it from its backup (modcall identity restore). If there is none, remove the file: a new key, and with it a new hardware ID, is made at the next start.`,
    de: `Der Host-Schlüssel ${path} ist beschädigt. Stellen Sie ihn aus der Sicherung wieder her (modcall identity restore). Gibt es keine, entfernen Sie die Datei: Beim nächsten Start entsteht ein neuer Schlüssel und damit eine neue Hardware-ID.`,
  }),
  keyNotReadable: (path) => ({
    en: `The host key ${path} cannot be read. Run the command as the administrator of the box (sudo).`,
    de: `Der Host-Schlüssel ${path} lässt sich nicht lesen. Führen Sie den Befehl als Administrator des Geräts aus (sudo).`,
  }),
  weakPassphrase: (length) => ({
    en: `The passphrase is too short: it needs at least ${length} characters.`,
    de: `Die Passphrase ist zu kurz: Sie braucht mindestens ${length} Zeichen.`,
  }),
  wrongPassphrase: () => ({
    en: 'The passphrase is wrong, or the file was changed. Nothing has been changed on the box.',
    de: 'Die Passphrase ist falsch, oder die Datei wurde verändert. Auf dem Gerät ist nichts geändert.',
  }),
  notABackup: () => ({
    en: 'This is not a backup of an identity. Please choose the file that “modcall identity backup” wrote.',
    de: 'Das ist keine Sicherung einer Identität. Bitte wählen Sie die Datei, die „modcall identity backup“ geschrieben hat.',
  }),
} satisfies Record<string, Texts>;

export type IdentityProblem = keyof typeof texts;

export class IdentityError extends AdminError {
  constructor(
    readonly problem: IdentityProblem,
    subject = '',
    options?: ErrorOptions,
  ) {
    super(texts[problem](subject), options);
  }
}
