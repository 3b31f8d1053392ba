import type { agreement as english } from '../en/agreement.js';
import type { Translation } from '../tree.js';

export const agreement: Translation<typeof english> = {
  lost: 'Was das Gerät von der Betriebsvereinbarung aufbewahrt, ist nicht, wie es das hinterlassen hat: Deshalb kann niemand mithören. Setzen Sie das signierte Dokument, das zuletzt in Kraft war, wieder in Kraft (modcall agreement put).',
  none: 'Auf diesem Gerät gibt es noch keine Betriebsvereinbarung.',
  noProposal: 'Kein Dokument wartet auf Signaturen. Schlagen Sie zuerst eines vor.',
  tooManyPeriods: ({ most }) =>
    `Es sind schon ${most} Zeiträume angekündigt. Ziehen Sie welche zurück, oder warten Sie, bis einige vorbei sind.`,
};
