import type { command as english } from '../en/command.js';
import type { Translation } from '../tree.js';

/** The lines of the usage that tell of one command. */
const lines = {
  start: `  start [--board NAME] [--sip-port PORT] [--web-port PORT] [--demo] [--log-level STUFE]
        [--panel-port PORT] [--panel-address ADRESSE] [--no-panel]
                                startet Modcall; --demo richtet in einem neuen Datenordner eine Vorführung ein,
                                mit zwei Telefonen, die miteinander sprechen. Browser erreichen die Seite an
                                --web-port statt am Port der Einstellungen.
                                Der Simulator zeigt seine Frontplatte einem Browser dieses Rechners, an Port 8090
                                oder wie angegeben; ohne sie muss ein anderes Programm die Hardware darstellen`,
  settings: `  settings check                sagt, ob die Einstellungen gültig sind und was daran falsch ist`,
  audit: `  audit verify [DATEI] [--checkpoint DATEI] [--table DATEI] [--draws] [--json]
                                sagt, ob das Prüfprotokoll oder ein exportiertes so ist, wie es geschrieben wurde, und einen Prüfpunkt fortsetzt;
                                --table schreibt ein exportiertes, wenn ja, als Tabelle (CSV), und --draws
                                rechnet nach, was das Gerät ausgelost hat
  audit countersign PRÜFPUNKT SCHLÜSSEL --output DATEI
                                setzt unter einen Prüfpunkt die Unterschrift von Arbeitgeber oder Betriebsrat
  audit show [--json]           gibt das Prüfprotokoll aus`,
};

/** How the program that verifies an exported record is used. */
const verifier = `Aufruf: node modcall-verify.mjs DATEI [--checkpoint DATEI] [--table DATEI] [--draws] [--json]
Sagt, ob ein exportiertes Prüfprotokoll das ist, was sein Gerät exportiert hat, und einen Prüfpunkt fortsetzt. Wenn ja,
schreibt --table es als Tabelle (CSV) für eine Tabellenkalkulation, und --draws rechnet nach, was das Gerät ausgelost hat.
Rückgabewert 0: ja. 1: nein. 2: nicht verstanden. 3: eine Datei ist nicht lesbar.`;

/** What holds for every command. */
const everywhere = `Jeder Befehl kennt --data ORDNER, den Datenordner. Ohne ihn gilt MODCALL_DATA, sonst "data" im Quellordner
oder /var/lib/modcall, wo Modcall installiert ist. Ohne --board gilt MODCALL_BOARD, sonst "simulator".

Rückgabewerte: 0 erledigt; 1 die Antwort ist nein (Einstellungen ungültig, Prüfprotokoll verändert, Änderung, PIN oder
Lizenz abgelehnt); 2 der Befehl wurde nicht verstanden; 3 etwas ist schiefgegangen.`;

const usageOf = (line: string): string => `Aufruf: modcall …\n\n${line}\n\n${everywhere}`;

export const command: Translation<typeof english> = {
  verifier,
  usage: `Aufruf: modcall BEFEHL

${lines.start}
${lines.settings}
  pin set NEBENSTELLE           gibt einem Moderator eine PIN; fragt danach oder liest sie von der Standardeingabe
${lines.audit}
  hardware-id                   gibt die Hardware-ID des Geräts aus, zum Bestellen einer Lizenz
  licence …                     Lizenzschlüssel: show, enter, remove, explain; Bestellblatt
  agreement make-key, sign-document
                                Schlüssel von Arbeitgeber und Betriebsrat und ihre Unterschriften, ohne Gerät
  identity backup, restore      woraus die Hardware-ID entsteht, für eine Neuinstallation desselben Geräts
  box reset                     macht ein beendetes Gerät neu: ohne Einstellungen und Benutzer, aber dasselbe Gerät
  backup, restore               Einstellungen, Benutzer, Identität, Lizenz, Ansagen und Platinen in einer Datei
  events [ART …], log           sagen bis zum Abbruch, was im laufenden Gerät geschieht oder ins Protokoll kommt
  completion bash               gibt ein Skript aus, mit dem bash die Befehle vervollständigt
  --help, --version             --help hinter einem Befehl sagt mehr zu ihm

${everywhere}`,
  startUsage: usageOf(lines.start),
  settingsUsage: usageOf(lines.settings),
  auditUsage: usageOf(lines.audit),
  unknown: ({ name, meant }) =>
    `Es gibt keinen Befehl "${name}". ${meant === null ? 'Siehe: modcall --help' : `Meinten Sie: modcall ${meant}`}`,
  notUnderstood: ({ word }) =>
    `Das wurde nicht verstanden: ${word}. Mit --help hinter dem Befehl sehen Sie, was er annimmt.`,
  wordMissing: ({ command, next }) =>
    `Es fehlt ein Wort: modcall ${command} ${next}. Mit --help dahinter sehen Sie, was der Befehl tut.`,
  noInput: ({ asked }) =>
    `Für "${asked}" wurde nichts eingegeben. Tippen Sie es am Terminal ein, oder übergeben Sie es als erste Zeile der Standardeingabe oder in einer Datei.`,
  fileFault: ({ folder, reason }) =>
    `Eine Datei lässt sich nicht lesen oder schreiben (${reason}). Prüfen Sie, ob der Datenordner ${folder} der richtige ist und Ihnen gehört, und ob auf dem Datenträger Platz ist und geschrieben werden kann. Nichts wurde geändert.`,
  noDataFolder: 'Nennen Sie nach --data einen Ordner.',
  defect: ({ details }) => `Modcall ist an einem eigenen Fehler gescheitert. Bitte melden Sie das:\n${details}`,
  wrongPort: ({ option, value }) =>
    `"${value}" ist kein Port. Geben Sie bei ${option} eine Zahl von 0 bis 65535 an; 0 nimmt einen freien.`,
  wrongAddress: ({ value }) =>
    `"${value}" ist keine Adresse. Geben Sie bei --panel-address eine IP-Adresse an, etwa 127.0.0.1.`,
  wrongLogLevel: ({ value }) =>
    `"${value}" ist keine Protokollstufe. Es gibt trace, debug, info, warn, error und fatal.`,
  stopping: 'Modcall wird beendet.',
  stoppedHard: 'Modcall kam nicht rechtzeitig zum Ende und wurde abgebrochen.',
  settingsValid: ({ path, extensions, groups, trunks, profiles }) =>
    `${path} ist gültig (Nebenstellen: ${extensions}, Gruppen: ${groups}, Anschlüsse: ${trunks}, Profile: ${profiles}).`,
  newPin: 'Neue PIN: ',
  newPinAgain: 'Neue PIN noch einmal: ',
  pinsDiffer: 'Die beiden PINs stimmen nicht überein. Nichts wurde geändert; bitte versuchen Sie es noch einmal.',
  pinSet: ({ extension }) => `Nebenstelle ${extension} hat eine neue PIN. Sie gilt sofort.`,
  pinOpensNothing: ({ extension }) =>
    `Hinweis: ${extension} moderiert noch in keinem Profil. Nehmen Sie die Nebenstelle in die Gruppe auf, die unter "moderators" eines Profils steht.`,
  pinFault: {
    wrongLength: 'Eine PIN hat 4 bis 10 Ziffern. Nichts wurde geändert.',
    tooSimple:
      'Diese PIN ist zu leicht zu erraten: nicht nur eine Ziffer, keine Reihe wie 1234, nicht die Nebenstelle. Nichts wurde geändert.',
    taken: 'Diese PIN ist nicht verwendbar. Wählen Sie eine andere; nichts wurde geändert.',
    noSuchExtension:
      'Diese Nebenstelle gibt es nicht. Legen Sie sie zuerst unter "extensions" in den Einstellungen an.',
  },
  licence: {
    usage: `Aufruf:
  modcall licence show                                was lizenziert ist, und ob es hier gilt
  modcall licence enter --file DATEI | - | SCHLÜSSEL  einen Lizenzschlüssel eintragen
  modcall licence remove                              den Lizenzschlüssel entfernen
  modcall licence explain SCHLÜSSEL | --file DATEI    was in einem Schlüssel steht, und ob er hier gültig wäre
  modcall licence order-sheet [--html] [--output DATEI]
Für alle außer order-sheet: --json. Rückgabewerte: 0 gültig, 1 abgelehnt, 2 Aufruf falsch, 3 Fehler.`,
    noKeyGiven:
      'Bitte geben Sie einen Lizenzschlüssel an: mit --file DATEI (der Datei Ihres Herstellers), mit - in die Standardeingabe eingefügt, oder hinter dem Befehl.',
    accepted: 'Der Lizenzschlüssel ist ab sofort in Gebrauch.',
    serverKeyAccepted: 'Der Server-Lizenzschlüssel ist ab sofort in Gebrauch.',
    notTaken: 'Der Schlüssel wurde nicht übernommen; es hat sich nichts geändert.',
    wouldBeAllowed: 'Auf diesem Gerät jetzt gültig:',
    wouldBeRefused: 'Auf diesem Gerät jetzt nicht gültig:',
    nothingToRemove: 'Es gibt keinen Lizenzschlüssel.',
    removed: ({ paths }) => `Der Lizenzschlüssel wurde entfernt. Eine Kopie liegt in ${paths.join(', ')}.`,
    fileTrouble: ({ reason }) =>
      `Eine Datei im Ordner "licence" des Datenordners lässt sich nicht lesen oder schreiben (${reason}). Prüfen Sie ihre Rechte und die Speicherkarte.`,
  },
  hardwareIdUsage: `Aufruf:
  modcall hardware-id [--json]   die Hardware-ID, für die eine Lizenz ausgestellt wird`,
  pinUsage: `Aufruf:
  modcall pin set NEBENSTELLE    gibt einem Moderator eine PIN mit 4 bis 10 Ziffern; fragt danach oder liest sie von der Standardeingabe`,
  backup: {
    usage: `Aufruf:
  modcall backup --output DATEI [--passphrase-file DATEI]   Modcall darf dabei laufen
  modcall restore DATEI [--passphrase-file DATEI] [--now]   ein laufendes Modcall startet mit ihr neu: sobald niemand
                                                            telefoniert, mit --now sofort außer bei Notrufen;
                                                            modcall box cancel-restart sagt es ab

Die Datei enthält Einstellungen mit ihrem Verlauf, Benutzer, Identität, Lizenz, eigene Ansagen und Platinen, mit einer
Passphrase versiegelt; nicht das Prüfprotokoll, die Aufzeichnungen über Gespräche und das Protokoll.
Wahlweise: --json. Rückgabewerte: 0 erledigt, 2 Aufruf falsch, 3 Fehler.`,
    restored: ({ created, files, hardwareId }) =>
      `Die Sicherung vom ${created} ist wiederhergestellt (${files} Dateien). Die Hardware-ID ist ${hardwareId}. Nun Modcall starten.`,
  },
  agreement: {
    usage: `Aufruf, auf einem eigenen Rechner, ohne Gerät:
  modcall agreement make-key --output DATEI [--passphrase-file DATEI]
  modcall agreement sign-document DOKUMENT SCHLÜSSEL [--passphrase-file DATEI]
DOKUMENT ist, was "modcall agreement show --json" des Geräts ausgegeben hat, SCHLÜSSEL die Datei, die make-key geschrieben hat. Lesen Sie, was
Sie unterschreiben: Das Gerät zeigt, wobei es weniger und wobei es mehr erlaubt. Ohne --passphrase-file wird nach der Passphrase gefragt. Option: --json.`,
    keyMade: ({ path, publicKey }) =>
      `Ihr Schlüssel ist in ${path}, mit der Passphrase versiegelt. Behalten Sie beides für sich: Niemand kann es wiederherstellen.\nDas Dokument nennt Ihren öffentlichen Schlüssel: ${publicKey}`,
    signed: ({ version, hash, signature }) =>
      `Sie haben die Betriebsvereinbarung Nr. ${version} mit dem Hash ${hash} unterschrieben. Vergleichen Sie ihn mit dem, den das Gerät zeigt, und geben Sie ihm dann die Unterschrift:\n${signature}`,
  },
  reset: {
    usage: `Aufruf:
  modcall box reset   bei beendetem Modcall: entfernt Einstellungen mit ihrem Verlauf, Benutzer, Umleitungen, Ansagen und ein installiertes Zertifikat

Das Gerät startet danach wie ein neues, mit einem neuen Einmalcode. Identität, Lizenz, Betriebsvereinbarungen, Prüfprotokoll und die Aufzeichnungen
über Gespräche bleiben. Rückgabewerte: 0 erledigt, 2 Aufruf falsch, 3 Fehler.`,
    done: 'Das Gerät ist zurückgesetzt. Nun Modcall starten und es mit dem Einmalcode einrichten.',
  },
  identity: {
    usage: `Aufruf:
  modcall identity backup --output DATEI [--passphrase-file DATEI]
  modcall identity restore DATEI [--passphrase-file DATEI]
Wahlweise: --json. Rückgabewerte: 0 erledigt, 2 Aufruf falsch, 3 Fehler.`,
    passphrase: 'Passphrase: ',
    passphraseAgain: 'Passphrase noch einmal: ',
    passphrasesDiffer: 'Die beiden Passphrasen sind nicht gleich. Bitte versuchen Sie es noch einmal.',
    restored: ({ hardwareId }) =>
      `Die Identität ist wiederhergestellt. Die Hardware-ID ist ${hardwareId}. Starten Sie Modcall, um sie zu verwenden.`,
    restoredOnOtherBoard: ({ before }) =>
      `Die Sicherung stammt von einer anderen Platine (Hardware-ID ${before}): Der Host-Schlüssel ist jetzt derselbe, die CPU nicht. Fragen Sie Ihren Hersteller nach einem Lizenzschlüssel für diese Hardware-ID.`,
  },
  written: ({ path }) => `Geschrieben: ${path}`,
  cannotRead: ({ path }) =>
    `Die Datei ${path} lässt sich nicht lesen. Bitte prüfen Sie ihren Namen, und ob Sie sie lesen dürfen.`,
  cannotWrite: ({ path }) =>
    `Die Datei ${path} lässt sich nicht schreiben. Ihren Ordner muss es geben, und er muss beschreibbar sein.`,
  alreadyThere: ({ path }) =>
    `Die Datei ${path} gibt es schon; sie wird nicht überschrieben. Nennen Sie mit --output eine andere.`,
  tooLarge: ({ path }) => `Die Datei ${path} ist dafür zu groß. Bitte prüfen Sie ihren Namen.`,
};
