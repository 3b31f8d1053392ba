import type { start as english } from '../en/start.js';
import type { Translation } from '../tree.js';

export const start: Translation<typeof english> = {
  sip: {
    inUse: ({ where, setting }) =>
      `Auf ${where} kann Modcall keine SIP-Anrufe annehmen: Ein anderes Programm benutzt den Port schon (ss -lntup zeigt, welches). Beenden Sie es, oder wählen Sie mit --sip-port oder ${setting} in den Einstellungen einen anderen.`,
    notOurs: ({ where, own }) =>
      `Auf ${where} kann Modcall keine SIP-Anrufe annehmen: Dieses Gerät hat die Adresse nicht; es hat ${own.join(', ') || 'keine'}. Schreiben Sie eine davon in sip.address der Einstellungen, oder "0.0.0.0" für alle.`,
    notAllowed: ({ where, setting }) =>
      `Auf ${where} kann Modcall keine SIP-Anrufe annehmen: Ports unter 1024 darf nur root benutzen. Wählen Sie mit --sip-port oder ${setting} in den Einstellungen einen anderen.`,
    other: ({ where, setting, reason }) =>
      `Auf ${where} kann Modcall keine SIP-Anrufe annehmen: ${reason}. Prüfen Sie sip.address und ${setting} in den Einstellungen.`,
  },
  stuck: ({ at }) =>
    `Modcall konnte nicht starten: 10 Sekunden lang, oder in einer Minute insgesamt, kam es nicht über diesen Schritt hinaus: ${at}. Starten Sie es neu; hilft das nicht, prüfen Sie Datenträger oder Speicherkarte, und melden Sie es.`,
  step: {
    load: 'das Programm laden',
    folder: 'den Datenordner öffnen',
    settings: 'die Einstellungen lesen',
    record: 'das Prüfprotokoll öffnen',
    identity: 'die Hardware-ID ermitteln',
    licence: 'die Lizenz lesen',
    engine: 'Ton und SIP laden',
    records: 'Sperren und Kontingente lesen',
    hardware: 'die Hardware starten',
    listen: 'den SIP-Port öffnen',
    logins: 'die Benutzer der Vorführung einlassen',
    web: 'den Port für Browser öffnen',
    demoPhones: 'die beiden Telefone der Vorführung starten',
  },
  simulatedBoard: ({ reason }) =>
    `Die simulierte Platine kann nicht starten (${reason}). Ist ihr Port vergeben, wählen Sie mit --panel-port einen anderen.`,
  panelPort: ({ where }) =>
    `Die simulierte Platine kann ihre Frontplatte auf ${where} nicht zeigen: Ein anderes Programm benutzt den Port schon (ss -lntup zeigt, welches). Beenden Sie es, wählen Sie mit --panel-port einen anderen, oder verzichten Sie mit --no-panel auf die Frontplatte.`,
  pagePort:
    'Auch die Seite des Geräts bekommt ihren Port nicht. Wählen Sie mit --web-port einen anderen, oder berichtigen Sie ihn in den Einstellungen:',
  leftOut: {
    hardwareId:
      'Die Hardware-ID ließ sich nicht rechtzeitig lesen: Das Mithören bleibt gesperrt, wo es eine Lizenz braucht. Telefonieren geht weiter, und das Gerät liest weiter: Sobald es fertig ist, gilt die Lizenz; das steht dann im Protokoll. Dauert das Minuten, prüfen Sie Datenträger oder Speicherkarte, und starten Sie Modcall neu.',
    licence: ({ path }) =>
      `${path} ließ sich nicht rechtzeitig lesen oder schreiben. Telefonieren geht weiter, und das Gerät versucht es weiter: Sobald es gelingt, gilt, was darin steht. Dauert das Minuten, prüfen Sie Datenträger oder Speicherkarte.`,
    prompts:
      'Eigene Ansagen ließen sich nicht rechtzeitig prüfen: So lange werden die von Modcall benutzt. Dauert das Minuten, prüfen Sie Datenträger oder Speicherkarte, und starten Sie Modcall neu.',
    faces:
      'Was Befehle, Browser und Programme vom Gerät brauchen, ließ sich nicht rechtzeitig lesen: Sie erreichen das Gerät nicht. Telefonieren geht weiter, und das Gerät liest weiter: Sobald es fertig ist, ist es zu erreichen; das steht dann im Protokoll. Dauert das Minuten, prüfen Sie Datenträger oder Speicherkarte, und starten Sie Modcall neu.',
    tls: 'Das Zertifikat des Geräts ließ sich nicht rechtzeitig lesen: Telefone können sich nicht über TLS anmelden, wohl aber über UDP und TCP. Das Gerät liest weiter: Sobald es fertig ist, können sie es auch über TLS. Dauert das Minuten, prüfen Sie Datenträger oder Speicherkarte, und starten Sie Modcall neu.',
    simulatedBoard:
      'Die simulierte Platine hat nicht rechtzeitig geantwortet: Es gibt keine Lampen, keinen Taster und keine analogen Telefone. SIP-Telefone funktionieren. Das Gerät wartet noch eine Minute auf sie; ist sie da, steht das im Protokoll. Kommt sie nicht, starten Sie Modcall neu, oder verzichten Sie mit --no-panel auf sie.',
    demoPhones:
      'Die beiden Telefone der Vorführung haben nicht rechtzeitig geantwortet: Sie sprechen noch nicht. Alles andere funktioniert. Das Gerät wartet noch eine Minute auf sie. Kommen sie nicht, starten Sie Modcall neu, oder melden Sie zwei eigene Telefone an.',
  },
  noPage:
    'Browser erreichen das Gerät nicht: Seine Seite lässt sich nicht anbieten. Das Telefonieren geht. Ist ein Port belegt, starten Sie Modcall mit einem freien, etwa --web-port 8444. Was im Weg steht, steht darunter, soweit es bekannt ist, und im Protokoll.',
  demoSettings:
    'Die Vorführung ist nicht möglich, weil die Einstellungen in diesem Datenordner nicht zu gebrauchen sind. Berichtigen Sie sie (modcall settings check), oder nehmen Sie mit --data einen neuen, leeren Ordner.',
  demo: 'Die Einstellungen in diesem Datenordner sind nicht die einer Vorführung. Nehmen Sie mit --data einen neuen, leeren Ordner.',
};
