import type { backup as english } from '../en/backup.js';
import type { Translation } from '../tree.js';

export const backup: Translation<typeof english> = {
  noSuchPlace: ({ place }) =>
    `Unter ${place} gibt es keinen Datenträger, auf den sich Sicherungen schreiben lassen. Bitte einstecken oder einen anderen Ort wählen.`,
  nothingUploaded:
    'Seit dem Start wurde dem Gerät keine Sicherung geschickt. Schicken Sie sie zuerst (POST /api/backup/upload).',
  restoreWaits:
    'Eine Wiederherstellung wartet schon auf das Ende von Gesprächen. Soll sie sofort geschehen, starten Sie das Gerät jetzt neu (modcall box restart --when now); soll etwas anderes wiederhergestellt werden, sagen Sie sie zuerst ab (modcall box cancel-restart).',
  notABackup:
    'Das ist keine Sicherung eines Geräts. Bitte eine Datei wählen, die „modcall backup“ geschrieben hat; zu einer von „modcall identity backup“ gehört „modcall identity restore“. Es wurde nichts geändert.',
  wrongPassphrase: 'Die Passphrase ist falsch, oder die Datei wurde verändert. Am Gerät wurde nichts geändert.',
  weakPassphrase: 'Die Passphrase ist zu kurz: Sie braucht mindestens 10 Zeichen.',
  newer:
    'Diese Sicherung stammt von einem neueren Modcall. Bitte zuerst dieses Gerät aktualisieren und sie dann wiederherstellen. Es wurde nichts geändert.',
  damaged:
    'Die Sicherung ist beschädigt oder unvollständig. Bitte die Datei neu kopieren oder eine ältere nehmen. Es wurde nichts geändert.',
  tooLarge:
    'Es ist mehr zu sichern, als hineinpasst (64 MB, 1000 Dateien). Bitte Ansagen entfernen, die nicht gebraucht werden.',
  tooEarly:
    'Das Gerät liest noch, wer es ist, was länger dauert als sonst: Eine Sicherung ohne das wäre nicht vollständig. Versuchen Sie es in einer Minute wieder.',
  notMade:
    'Stecken Sie den Datenträger für die Sicherungen an, schaffen Sie dort Platz, oder wählen Sie einen anderen Ort (modcall backup-schedule set). Eine tägliche wird alle 15 Minuten noch einmal versucht.',
  halfRestored: ({ folder, reason }) =>
    `Eine Sicherung ist zur Hälfte wiederhergestellt, und weder der Rest noch das Frühere lässt sich an seine Stelle bringen (${reason}). Auf je einer Hälfte läuft Modcall nicht. Sehen Sie nach dem Datenträger von ${folder}: Der nächste Start versucht es wieder.`,
  contentUnusable:
    'Der Inhalt der Sicherung ist für dieses Modcall nicht brauchbar: Einstellungen, Benutzer oder Host-Schlüssel sind nicht gültig. Es wurde nichts geändert.',
};
