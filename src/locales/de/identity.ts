import type { identity as english } from '../en/identity.js';
import type { Translation } from '../tree.js';

export const identity: Translation<typeof english> = {
  keyDamaged: ({ path }) =>
    `Der Host-Schlüssel ${path} ist beschädigt. Stellen Sie ihn aus der Sicherung wieder her (modcall identity restore). Gibt es keine, entfernen Sie die Datei: Beim nächsten Start entsteht ein neuer Schlüssel und damit eine neue Hardware-ID.`,
  keyNotReadable: ({ path }) =>
    `Der Host-Schlüssel ${path} lässt sich nicht lesen. Führen Sie den Befehl als Administrator des Geräts aus (sudo).`,
  keyNotAFile: ({ path }) =>
    `An der Stelle des Host-Schlüssels ${path} liegt etwas, das keiner ist: ein Ordner, eine Pipe, ein Verweis ins Leere oder eine viel zu große Datei. Räumen Sie es weg, und stellen Sie den Schlüssel aus der Sicherung wieder her (modcall identity restore). Gibt es keine, entsteht beim nächsten Start ein neuer Schlüssel und damit eine neue Hardware-ID.`,
  notReadable: ({ reason }) =>
    `Die Merkmale dieses Geräts lassen sich nicht lesen oder nicht speichern (${reason}). Versuchen Sie es noch einmal; hilft das nicht, prüfen Sie den Datenträger oder die Speicherkarte.`,
  weakPassphrase: ({ shortest }) => `Die Passphrase ist zu kurz: Sie braucht mindestens ${shortest} Zeichen.`,
  wrongPassphrase: 'Die Passphrase ist falsch, oder die Datei wurde verändert. Auf dem Gerät wurde nichts geändert.',
  notABackup:
    'Das ist keine Sicherung einer Identität. Bitte wählen Sie die Datei, die „modcall identity backup“ geschrieben hat.',
  changed: {
    cpu: ({ before, now }) =>
      `${changedHead(before, now)} CPU oder Platine sind andere, der Host-Schlüssel ist derselbe. Wurde die Platine getauscht, fragen Sie Ihren Hersteller nach einem Lizenzschlüssel für die neue Hardware-ID.`,
    key: ({ before, now }) =>
      `${changedHead(before, now)} Der Host-Schlüssel ist ein anderer, die CPU ist dieselbe. Wenn Sie eine Sicherung der Identität haben, stellen Sie sie wieder her (modcall identity restore); sonst ist ein neuer Lizenzschlüssel nötig.`,
    both: ({ before, now }) =>
      `${changedHead(before, now)} CPU und Host-Schlüssel sind andere: Das ist ein anderes Gerät. Dafür muss ein Lizenzschlüssel ausgestellt werden.`,
  },
};

function changedHead(before: string, now: string): string {
  return `Die Hardware-ID ist nicht dieselbe wie beim letzten Start: Sie war ${before} und ist ${now}.`;
}
