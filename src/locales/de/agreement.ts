import type { agreement as english } from '../en/agreement.js';
import type { Translation } from '../tree.js';

export const agreement: Translation<typeof english> = {
  lost: 'Was das Gerät von der Betriebsvereinbarung aufbewahrt, ist nicht so, wie es das hinterlassen hat: Deshalb kann niemand mithören. Setzen Sie das unterschriebene Dokument, das zuletzt in Kraft war, wieder in Kraft (modcall agreement put).',
  keptUnrecorded:
    'Das ist gespeichert, aber das Prüfprotokoll lässt sich gerade nicht schreiben. Es gilt spätestens, sobald das wieder geht. Schaffen Sie Platz auf dem Datenträger des Geräts, oder sehen Sie in sein Protokoll; wiederholen Sie es nicht.',
  none: 'Auf diesem Gerät ist keine Betriebsvereinbarung in Kraft: Über das Mithören bestimmen die Einstellungen, die ein Admin allein ändern kann.',
  inForce: ({ version, hash }) =>
    `Die Betriebsvereinbarung Nr. ${version} ist in Kraft. Ihr Hash, zum Vergleich mit dem Ihrer Ausfertigung: ${hash}`,
  sound: ({ documents }) =>
    documents === 0
      ? 'Noch nie war eine Betriebsvereinbarung in Kraft.'
      : `Jede Betriebsvereinbarung (bisher ${documents}) trat zu Recht in Kraft, und die letzte ist in Kraft.`,
  notSound: ({ version }) =>
    `Die Betriebsvereinbarung Nr. ${version} ist nicht so da, wie sie muss: Sie fehlt, wurde verändert oder trägt nicht die Unterschriften, die sie brauchte. Vergleichen Sie Ihre Ausfertigung mit ihr.`,
  noPeriods: 'Es gibt nichts anzukündigen: Keine Betriebsvereinbarung in Kraft verlangt angekündigte Zeiträume.',
  notADocument:
    'Das ist keine Betriebsvereinbarung. Speichern Sie, was das Gerät zeigt (modcall agreement show --json), in einer Datei, und unterschreiben Sie die.',
  notAKey:
    'Das ist kein Schlüssel von Arbeitgeber oder Betriebsrat. Wählen Sie die Datei, die „modcall agreement make-key“ geschrieben hat.',
  wrongPassphrase: 'Die Passphrase ist falsch, oder der Schlüssel wurde verändert. Es wurde nichts unterschrieben.',
  noSuchPeriod: ({ period }) =>
    `Den angekündigten Zeitraum ${period} gibt es nicht, oder er ist vorbei. Lassen Sie sich die Zeiträume neu zeigen.`,
  refused: {
    isInForce: 'Was darin steht, ist schon in Kraft.',
    olderVersion:
      'Eine Betriebsvereinbarung mit dieser oder einer höheren Nummer war schon in Kraft, und keine ältere kommt zurück. Schlagen Sie eine neue vor.',
    notNext: 'Ihre Nummer ist nicht die nächste. Schlagen Sie sie neu vor, damit das Gerät sie nummeriert.',
    notFollowing: 'Sie folgt nicht auf die Betriebsvereinbarung, die in Kraft ist. Schlagen Sie sie neu vor.',
    unsigned: 'Sie trägt keine gültige Unterschrift von Arbeitgeber oder Betriebsrat. Unterschreiben Sie sie zuerst.',
    needsBoth:
      'Sie erlaubt etwas, das jetzt nicht erlaubt ist, und braucht deshalb die Unterschriften von beiden, Arbeitgeber und Betriebsrat. Lassen Sie auch den anderen unterschreiben.',
    badSignature:
      'Die Unterschrift ist keine unter diesem Dokument mit diesem Schlüssel. Unterschreiben Sie das vorgeschlagene Dokument mit dem richtigen Schlüssel.',
    periodTooSoon: ({ daysAhead }) =>
      `Der Zeitraum beginnt zu bald: Vor ihm müssen mindestens ${daysAhead} Tage liegen. Wählen Sie einen späteren Beginn.`,
    periodTooLong: ({ mostDays }) =>
      `Der Zeitraum ist zu lang: Vereinbart sind höchstens ${mostDays} Tage. Wählen Sie ein früheres Ende.`,
    periodTooClose: ({ gapDays, member }) =>
      `Der Zeitraum liegt zu nah an einem anderen von ${member}: Zwischen zwei Zeiträumen desselben Mitglieds müssen mindestens ${gapDays} Tage liegen. Wählen Sie eine andere Zeit, oder lassen Sie ${member} weg.`,
    periodEmpty: 'Der Zeitraum endet, bevor er beginnt. Wählen Sie ein späteres Ende.',
  },
  noProposal: 'Kein Dokument wartet auf Unterschriften. Schlagen Sie zuerst eines vor.',
  tooManyPeriods: ({ most }) =>
    `Es sind schon ${most} Zeiträume angekündigt. Ziehen Sie welche zurück, oder warten Sie, bis einige vorbei sind.`,
};
