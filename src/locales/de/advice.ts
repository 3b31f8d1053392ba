import type { advice as english } from '../en/advice.js';
import type { Translation } from '../tree.js';

const forwarded =
  'Dort wird der Anruf umgeleitet, und über einen Anschluss folgt Modcall dem nicht: Schalten Sie die Umleitung dort aus, oder rufen Sie die andere Nummer an.';
const notOffered = 'Das Telefon verlangt etwas, das Modcall nicht bietet; seine Gespräche leiden nicht darunter.';
const wrongAccount =
  'Der Anbieter nimmt Benutzername und Passwort nicht an: Vergleichen Sie sie mit dem, was er Ihnen genannt hat.';

export const advice: Translation<typeof english> = {
  publicName:
    'Telefone außerhalb hören vielleicht nichts: Prüfen Sie den Namen und den Nameserver, oder schreiben Sie die Adresse selbst.',
  remoteLog: {
    unreachable:
      'Prüfen Sie Server und Port in den Einstellungen, das Netz, und ob der Server dort Syslog über TLS annimmt. Was inzwischen protokolliert wird, wartet, soweit Platz ist.',
    certificate:
      'Das Zertifikat des Servers gilt nicht für den eingestellten Namen, oder niemand Bekanntes hat es ausgestellt: Tragen Sie den Namen ein, der darin steht, und seine Zertifizierungsstelle als remoteLog.authorities.',
    stalled:
      'Der Server nimmt die Verbindung an, aber nichts, was darüber gesendet wird: Sehen Sie in sein Protokoll, und ob sein Datenträger voll ist.',
    talking:
      'Der Server sendet ständig selbst Daten, was kein Protokollserver tut: Prüfen Sie Server und Port in den Einstellungen.',
    ended:
      'Der Server beendet die Verbindung sofort: Sehen Sie in sein Protokoll. Er muss Nachrichten von Absendern annehmen, die kein Zertifikat zeigen.',
  },
  rejected: {
    stranger:
      'Keine Nebenstelle hat diesen Benutzernamen: Berichtigen Sie ihn am Telefon, oder richten Sie die Nebenstelle ein.',
    wrongDigest:
      'Das Passwort ist falsch: Vergleichen Sie das des Telefons mit dem der Nebenstelle in den Einstellungen.',
    guessing: 'Jemand probiert Passwörter aus: Halten Sie diese Adresse mit einer Firewall fern.',
    impersonation:
      'Das Telefon benutzt eine andere Nummer als die seines Kontos: Berichtigen Sie seinen Benutzernamen.',
    methodNotAllowed: notOffered,
    unknownMethod: notOffered,
    tooManyContacts:
      'Es meldet sich an mehr Stellen zugleich an, als eine Nebenstelle haben darf: Lassen Sie es weniger anmelden, oder geben Sie ihm weitere Nebenstellen.',
    overload:
      'Von dort kommt mehr auf einmal, als jedem zusteht: Sehen Sie nach, was dort geschieht, oder halten Sie die Adresse mit einer Firewall fern, wenn sie nicht zu Ihnen gehört.',
    behind:
      'Das Gerät hat gerade mehr zu tun, als es kann, und nimmt wieder Anrufe an, sobald es nachgekommen ist: Sehen Sie nach, wer so oft anruft.',
    unread:
      'Von dort kommen Anfragen, deren Antworten niemand liest: Sehen Sie nach, was dort geschieht, oder halten Sie die Adresse mit einer Firewall fern, wenn sie nicht zu Ihnen gehört.',
    handshake:
      'Mit dort kam keine verschlüsselte Verbindung (TLS) zustande: Vielleicht kann ein Telefon von Ihnen nichts Neueres als TLS 1.1, traut dem Zertifikat des Geräts nicht oder spricht an diesem Port unverschlüsseltes SIP.',
    loop: 'Der Anruf kam immer wieder zu Modcall zurück: Suchen Sie hier oder bei der Gegenstelle nach Umleitungen im Kreis.',
    unanswered:
      'Es fragt immer wieder an und weist sein Passwort nie nach: Vielleicht kennt es die Verfahren in sip.digest der Einstellungen nicht (["MD5"] verstehen alle Telefone), oder es hat kein Passwort.',
    unencrypted:
      'Sein Anruf wurde abgelehnt, weil sein Ton verschlüsselt sein soll und nicht so angeboten wurde, oder umgekehrt: Stellen Sie die Verschlüsselung (SRTP mit SDES oder DTLS) am Telefon ein wie bei seiner Nebenstelle, oder bei der Gegenstelle wie beim Anschluss.',
    keysInClear:
      'Sein Anruf wurde abgelehnt, weil sein Ton verschlüsselt sein soll und die Schlüssel ohne TLS gekommen wären, für andere lesbar: Lassen Sie es sich über TLS anmelden (Port 5061), oder stellen Sie seine Verschlüsselung auf "offered".',
    md5Fallback:
      'Das Telefon gibt auf, wenn ihm neben MD5 auch SHA-256 angeboten wird, und bekommt von nun an nur MD5 angeboten: Mit "digest": ["MD5"] bei seiner Nebenstelle meldet es sich ohne diese Verzögerung an.',
    other: 'Es ist nichts zu tun, wenn es kein Telefon von Ihnen ist: Eine Firewall hält Fremde fern.',
  },
  line: {
    noTty: 'Stecken Sie den HAT ein, und prüfen Sie, ob die Platinendatei das richtige tty nennt.',
    gone: 'Prüfen Sie, ob der HAT steckt und Strom hat.',
    busy: 'Ein anderes Programm benutzt das tty: Beenden Sie es (fuser -v mit dem Pfad zeigt, welches es ist).',
    forbidden: 'Nehmen Sie den Benutzer, unter dem Modcall läuft, in die Gruppe auf, der das tty gehört (dialout).',
    notATty: 'Berichtigen Sie das tty in der Platinendatei.',
    notAHat: 'Prüfen Sie, ob die Platinendatei das tty des HAT nennt und ob dessen Firmware für Modcall ist.',
    otherVersion: 'Aktualisieren Sie die Firmware des HAT oder Modcall.',
    otherKind:
      'Berichtigen Sie die Art der Buchse in der Platinendatei, oder schließen Sie den HAT an, der dorthin gehört.',
    silent: 'Prüfen Sie, ob der HAT Strom hat und ob die Platinendatei sein tty nennt.',
    noExchange: 'Prüfen Sie, ob das Kabel der Amtsleitung steckt.',
    notFed: 'Prüfen Sie, ob das Netzteil des HAT angeschlossen ist und das Kabel des Telefons keinen Kurzschluss hat.',
    disturbed: 'Der UART ist gestört: Prüfen Sie, ob der HAT richtig sitzt und kein anderes Programm das tty benutzt.',
  },
  part: {
    noGpio:
      'Dieser Kernel hat keine GPIO-Leitungen in /sys/class/gpio (GPIO_SYSFS): Verwenden Sie einen anderen Kernel oder, für Lampen und Taster, die Treiber "led" und "input".',
    gpioForbidden: 'Starten Sie Modcall als root, oder als Mitglied der Gruppe, der /sys/class/gpio gehört.',
    gpioTaken:
      'Ein anderer Treiber hat die Leitung belegt: Entfernen Sie das Overlay, das dies tut, oder nennen Sie bei Lampen und Taster stattdessen dessen Lampe oder Eingabegerät.',
    noDevice: 'Laden Sie das Device-Tree-Overlay der Platine, oder berichtigen Sie den Pfad in der Platinendatei.',
    ledForbidden: 'Geben Sie dem Benutzer, unter dem Modcall läuft, mit einer udev-Regel das Recht, sie zu schalten.',
    inputForbidden: 'Starten Sie Modcall als Mitglied der Gruppe "input".',
    other: 'Prüfen Sie die Platine und ihre Platinendatei.',
  },
  boxKeyReplaced:
    'Der Schlüssel, mit dem dieses Gerät sein Prüfprotokoll signiert (identity/box-key.pem), fehlte oder war beschädigt, und es gibt jetzt einen neuen; was an seiner Stelle lag, ist daneben als box-key.pem.broken-… aufbewahrt. Das Protokoll sagt von hier an, dass der Schlüssel gewechselt hat, und modcall audit verify meldet es auf Dauer: Sagen Sie es denen, die sich auf das Protokoll verlassen, und finden Sie heraus, wer Zugang zum Gerät hatte. Wurde der Datenordner unvollständig wiederhergestellt, stellen Sie ihn noch einmal wieder her.',
  callHandlingLost:
    'Die Datei mit Umleitungen und „Bitte nicht stören“ war nicht lesbar, deshalb läuten alle Anrufe wie üblich. Sie ist unter dem hier genannten Namen aufbewahrt: Stellen Sie eine Sicherung wieder her, oder lassen Sie alle ihre Umleitungen neu einstellen, per Code oder auf der Seite.',
  callHandlingPartlyLost:
    'Was an diesen Stellen der Datei mit Umleitungen und „Bitte nicht stören“ steht, fehlt oder kann nicht gewählt werden, deshalb läuten die Anrufe dieser Nebenstellen wie üblich; alles andere gilt. Die Datei ist unter dem hier genannten Namen aufbewahrt: Stellen Sie diese Nebenstellen neu ein, per Code oder auf der Seite.',
  clock: 'Prüfen Sie die Netzwerkzeit (timedatectl).',
  boardNotMarked:
    'Eine Lizenz für diese Hardware-ID würde auch auf einem anderen solchen Rechner mit einer Kopie des Host-Schlüssels gelten. Lassen Sie einen Container den Device-Tree sehen.',
  unreached:
    'Dort antwortet niemand: Prüfen Sie Rechner, Port und Transportprotokoll, das Netzwerk, und bei einem Namen den Nameserver.',
  callRefused: {
    forwarded,
    forbidden:
      'Dieser Anruf ist dort nicht erlaubt: Fragen Sie den Betreiber der Gegenstelle, oder prüfen Sie die Einstellungen des Telefons.',
    keysInClear:
      'Dort wurde nicht angerufen, weil der Ton verschlüsselt sein soll und die Schlüssel ohne TLS gegangen wären, für andere lesbar: Lassen Sie das Telefon sich über TLS anmelden (Port 5061), oder stellen Sie seine Verschlüsselung auf "offered".',
    noCodec:
      'Dort gibt es keinen Codec, den Modcall hat (G.711, G.722, Opus), oder der Ton soll dort anders verschlüsselt sein als hier: Prüfen Sie dort Codecs und SRTP.',
    noRoom: 'Dort ist kein Platz für den Anruf, oder der Dienst ist außer Betrieb.',
    other: 'Fragen Sie den Betreiber der Gegenstelle, was dieser Status dort bedeutet.',
  },
  trunkRefused: {
    wrongAccount,
    forbidden:
      'Der Anbieter lässt dieses Konto nicht zu: Vergleichen Sie Benutzername und Passwort mit dem, was er Ihnen genannt hat, oder fragen Sie ihn.',
    unknownUser:
      'Der Anbieter kennt diesen Benutzernamen nicht: Vergleichen Sie ihn mit dem, was er Ihnen genannt hat.',
    other: 'Fragen Sie den Anbieter, was dieser Status bedeutet.',
  },
};
