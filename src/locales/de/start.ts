import type { start as english } from '../en/start.js';
import type { Translation } from '../tree.js';

export const start: Translation<typeof english> = {
  sip: {
    inUse: ({ where }) =>
      `Auf ${where} kann nicht auf SIP gehört werden: Ein anderes Programm benutzt den Port schon (ss -lntup zeigt, welches). Beenden Sie es, oder wählen Sie mit --sip-port oder sip.port in den Einstellungen einen anderen.`,
    notOurs: ({ where, own }) =>
      `Auf ${where} kann nicht auf SIP gehört werden: Dieses Gerät hat die Adresse nicht; es hat ${own.join(', ') || 'keine'}. Schreiben Sie eine davon in sip.address der Einstellungen, oder "0.0.0.0" für alle.`,
    notAllowed: ({ where }) =>
      `Auf ${where} kann nicht auf SIP gehört werden: Ports unter 1024 darf nur root benutzen. Wählen Sie mit --sip-port oder sip.port in den Einstellungen einen anderen.`,
    other: ({ where, reason }) =>
      `Auf ${where} kann nicht auf SIP gehört werden: ${reason}. Prüfen Sie sip.address und sip.port in den Einstellungen.`,
  },
  stuck: ({ at }) =>
    `Modcall konnte nicht starten: 10 Sekunden lang kam es nicht über diesen Schritt hinaus: ${at}. Starten Sie es neu; hilft das nicht, prüfen Sie Datenträger oder Speicherkarte, und melden Sie es.`,
  step: {
    load: 'das Programm laden',
    folder: 'den Datenordner in Besitz nehmen',
    settings: 'die Einstellungen lesen',
    record: 'das Prüfprotokoll öffnen',
    identity: 'Hardware-ID und Lizenz lesen',
    engine: 'Ton und SIP laden',
    records: 'Sperren und Kontingente lesen',
    hardware: 'die Hardware starten',
    listen: 'auf Telefone hören',
  },
  simulatedBoard: ({ reason }) =>
    `Die simulierte Platine kann nicht starten (${reason}). Ist ihr Port vergeben, wählen Sie mit --panel-port einen anderen.`,
  demo: 'Die Vorführung braucht die Einstellungen des ersten Starts. Nehmen Sie mit --data einen neuen, leeren Ordner.',
};
