import type { operation as english } from '../en/operation.js';
import type { Translation } from '../tree.js';

export const operation: Translation<typeof english> = {
  settings: {
    show: 'Zeigt die Einstellungen ohne Passwörter.',
    set: 'Übernimmt diese Einstellungen; ein weggelassenes Passwort bleibt, wie es ist.',
    change: 'Ändert einzelne Einstellungen wie die Sprache oder die Klingeldauer.',
    versions: 'Zeigt, wer die Einstellungen geändert hat und was.',
    undo: 'Kehrt zu den Einstellungen vor der letzten Änderung zurück. Auch das ist eine Änderung: Ein zweites Mal nimmt das erste zurück. Weiter zurück führt „settings restore“.',
    restore: 'Kehrt zu den Einstellungen einer früheren Fassung zurück.',
  },
  extensions: {
    list: 'Zeigt die Nebenstellen ohne Passwörter.',
    show: 'Zeigt eine Nebenstelle.',
    set: 'Legt eine Nebenstelle an oder ersetzt sie; ein weggelassenes Passwort bleibt, wie es ist.',
    change: 'Ändert einzelne Felder einer Nebenstelle.',
    remove: 'Entfernt eine Nebenstelle, die sonst nirgends genannt ist.',
    export: 'Gibt die Nebenstellen als Tabelle ohne Passwörter aus.',
    columns:
      'Die erste Zeile der Tabelle nennt ihre Spalten: number (immer), name, consents (yes oder no), language (de oder en), encryption (off, offered oder required) und password („generate“ lässt das Gerät eines machen; wer neu ist und keines hat, bekommt auch eines). Deutsche Namen wie Nummer, Zugestimmt, Sprache, Verschlüsselung und Passwort gelten ebenso.',
    import:
      'Legt viele Nebenstellen auf einmal nach einer Tabelle an und ändert sie, oder keine, wenn eine Zeile falsch ist.',
  },
  groups: {
    list: 'Zeigt die Gruppen.',
    show: 'Zeigt eine Gruppe.',
    set: 'Legt eine Gruppe an oder ersetzt sie.',
    change: 'Ändert einzelne Felder einer Gruppe.',
    remove: 'Entfernt eine Gruppe, die sonst nirgends genannt ist.',
  },
  profiles: {
    list: 'Zeigt die Mithörprofile.',
    show: 'Zeigt ein Mithörprofil.',
    set: 'Legt ein Mithörprofil an oder ersetzt es.',
    change: 'Ändert einzelne Felder eines Mithörprofils.',
    remove: 'Entfernt ein Mithörprofil und beendet, was darüber mitgehört wird.',
  },
  trunks: {
    list: 'Zeigt die Anschlüsse ohne Passwörter.',
    show: 'Zeigt einen Anschluss.',
    set: 'Legt einen Anschluss an oder ersetzt ihn; ein weggelassenes Passwort bleibt, wie es ist.',
    change: 'Ändert einzelne Felder eines Anschlusses.',
    remove: 'Entfernt einen Anschluss, der sonst nirgends genannt ist.',
  },
  analogPhones: {
    list: 'Zeigt die Telefone an den Buchsen der Platine.',
    show: 'Zeigt das Telefon an einer Buchse der Platine.',
    set: 'Legt fest, was an einer Buchse der Platine hängt.',
    change: 'Ändert einzelne Felder eines Telefons an einer Buchse der Platine.',
    remove: 'Entfernt das Telefon von einer Buchse der Platine.',
  },
  phones: {
    list: 'Zeigt die Telefone, die ihre Einrichtung vom Gerät holen, ohne ihre Geheimnisse.',
    show: 'Zeigt ein Telefon, das seine Einrichtung vom Gerät holt.',
    set: 'Lässt ein Telefon seine Einrichtung vom Gerät holen; das Geheimnis seiner Adresse wird nur dieses eine Mal gezeigt.',
    change: 'Ändert einzelne Felder eines Telefons; mit dem Geheimnis "generate" hat es ab jetzt eine andere Adresse.',
    remove: 'Lässt ein Telefon seine Einrichtung nicht mehr holen.',
    export: 'Gibt die Telefone als Tabelle aus, ohne ihre Geheimnisse.',
    import:
      'Legt viele Telefone auf einmal durch eine Tabelle an und ändert sie, oder keines, wenn eine Zeile falsch ist; die Geheimnisse der neuen werden nur dieses eine Mal gezeigt.',
    revoke: 'Lässt ein Telefon seine Einrichtung nicht mehr holen; was es hat, behält es.',
    callIn: 'Sagt einem Telefon, dass es jetzt seine Einrichtung holen soll.',
  },
  phoneStates: {
    list: 'Zeigt, welche Telefone ihre Einrichtung geholt haben, wann, und ob sie angemeldet sind.',
  },
  webhooks: {
    list: 'Zeigt, welche Programme von Gesprächen und Mithören erfahren, und wo.',
    show: 'Zeigt ein Programm, das benachrichtigt wird.',
    set: 'Benachrichtigt ab jetzt ein Programm; der Schlüssel seiner Signatur wird nur dieses eine Mal gezeigt.',
    change: 'Ändert einzelne Angaben zu einem Programm, das benachrichtigt wird.',
    remove: 'Benachrichtigt ein Programm nicht mehr.',
    status: 'Zeigt, was die Programme erhalten haben und was sie daran hindert.',
    test: 'Sendet einem Programm eine Testnachricht und zeigt, ob es sie annimmt.',
  },
  exclusions: {
    list: 'Zeigt, wer für immer vom Mithören ausgenommen ist.',
    add: 'Nimmt eine Nebenstelle oder eine Rufnummer für immer vom Mithören aus.',
    remove: 'Lässt das Mithören einer Nebenstelle oder einer Rufnummer wieder zu.',
  },
  pins: {
    list: 'Zeigt, wer moderiert oder eine PIN hat, nie die PIN.',
    set: 'Gibt einem Moderator eine PIN, die sofort gilt.',
    remove: 'Nimmt einem Moderator seine PIN.',
  },
  callHandling: {
    list: 'Zeigt für alle Nebenstellen, ob Anrufe umgeleitet werden und wer nicht gestört werden will.',
    show: 'Zeigt Umleitung und „Bitte nicht stören“ einer Nebenstelle.',
    change: 'Ändert Umleitung und „Bitte nicht stören“ einer Nebenstelle.',
    own: 'Zeigt Ihre eigene Umleitung und Ihr „Bitte nicht stören“.',
    changeOwn: 'Ändert Ihre eigene Umleitung und Ihr „Bitte nicht stören“.',
  },
  calls: {
    list: 'Zeigt die laufenden Anrufe und wer mithört.',
    end: 'Beendet einen Anruf; einer zum Notruf lässt sich so nicht beenden.',
    records: 'Zeigt die Aufzeichnungen beendeter Anrufe.',
    export: 'Gibt die Aufzeichnungen beendeter Anrufe als Tabelle aus.',
  },
  monitors: {
    list: 'Zeigt, wer bei wem mithört, auf welche Art und mit welchem Hinweis.',
    end: 'Beendet ein Mithören.',
    begin:
      'Ruft Ihr eigenes Telefon an und lässt Sie mithören, als hätten Sie die Servicenummer gewählt und PIN und Mitglied eingegeben.',
    own: 'Zeigt Ihr eigenes Mithören.',
    answer: 'Nimmt in dem Browser an, der für Ihr Mithören angerufen wird.',
    stay: 'Sagt, dass der Browser noch da ist, in dem Sie mithören: Bleibt das zehn Sekunden lang aus, endet das Mithören.',
    press:
      'Tut, was beim Mithören eine Taste des Telefons tut: die Art des Mithörens, Übernehmen, das nächste Gespräch.',
    letIn: 'Lässt einen Moderator ein, der beim eigenen Gespräch mithören möchte.',
    endOwn: 'Beendet alles Mithören beim eigenen Gespräch.',
  },
  ownHelp: {
    show: 'Zeigt, ob Sie einen Moderator in Ihr Gespräch rufen können, und wer gerufen wird oder hilft.',
    ask: 'Ruft die Moderatoren Ihrer Gruppe in Ihr Gespräch: Wer zuerst abhebt, kommt dazu.',
    withdraw: 'Ruft niemanden mehr in Ihr Gespräch; wer hilft, verlässt es.',
  },
  registrations: {
    list: 'Zeigt die angemeldeten Telefone und woher sie sich gemeldet haben.',
  },
  providers: {
    list: 'Zeigt, was von Anbietern und Telefonanlagen bekannt ist, um einen Anschluss danach einzurichten, und was nachzusehen bleibt.',
  },
  lines: {
    list: 'Zeigt die Anschlüsse und die Telefone an den Buchsen der Platine, und warum einer nicht geht.',
  },
  box: {
    restart: 'Startet das Gerät neu, sobald kein Gespräch läuft, oder sofort bis auf Notrufe.',
    cancelRestart:
      'Sagt einen Neustart ab, der auf das Ende von Gesprächen wartet, und die Wiederherstellung, die mit ihm käme.',
  },
  setUp: {
    show: 'Zeigt, was noch einzurichten ist, bevor jemand mithören kann.',
  },
  demoCall: {
    begin:
      'Lässt zwei eingebaute Telefone anstelle zweier Nebenstellen ohne Telefon eine Viertelstunde lang miteinander sprechen.',
    end: 'Lässt die eingebauten Telefone auflegen und verschwinden.',
  },
  support: {
    show: 'Zeigt Teil für Teil, was das Supportpaket denen verrät, die helfen, bevor es das Gerät verlässt.',
    bundle: 'Erzeugt eine Datei für die, die aus der Ferne helfen, ohne Geheimnisse und Namen.',
  },
  state: {
    show: 'Zeigt den Zustand des Geräts.',
  },
  audit: {
    kinds: 'Zeigt, welche Arten von Einträgen das Prüfprotokoll haben kann.',
    list: 'Zeigt das Prüfprotokoll vom neuesten Eintrag an; Mitglieder sehen, was sie selbst betrifft.',
    verify: 'Liest das ganze Prüfprotokoll und sagt, ob es so ist, wie es geschrieben wurde.',
    checkpoint:
      'Zeigt signiert, wie weit das Prüfprotokoll ist, damit es jemand anderes aufbewahrt: Ein älteres Protokoll an seiner Stelle passt nicht mehr dazu.',
    export: 'Exportiert das Prüfprotokoll signiert als Datei, die sich überall prüfen lässt.',
    verifier: 'Gibt das Programm heraus, das ein exportiertes Prüfprotokoll auf jedem Rechner mit Node.js prüft.',
    report: 'Zeigt, was das Prüfprotokoll über einen Monat hat, in Zahlen, die nichts über eine Person verraten.',
    own: 'Zeigt, wer bei den eigenen Gesprächen mitgehört hat, vom letzten Mal an.',
    exportOwn:
      'Exportiert als Tabelle alles, was das Protokoll darüber hat, wer bei den eigenen Gesprächen mitgehört hat.',
  },
  agreement: {
    show: 'Zeigt die Betriebsvereinbarung, die in Kraft ist, und was auf Unterschriften wartet.',
    propose: 'Schlägt vor, was vereinbart werden soll; das Gerät nummeriert es.',
    terms:
      'Alles muss gesagt werden, auch was nicht vereinbart ist: --no-periods, wenn nichts angekündigt werden muss, --no-modes, wenn Moderatoren nur mithören dürfen, --no-recording-days, wenn nichts aufgenommen werden darf. Im Kontingent stehen --no-quota.calls-per-member und --no-quota.members-per-month für beliebig viele.',
    withdraw: 'Zieht zurück, was vorgeschlagen ist.',
    sign: 'Unterschreibt, was vorgeschlagen ist; mit der letzten nötigen Unterschrift tritt es in Kraft.',
    put: 'Setzt ein Dokument in Kraft, das anderswo unterschrieben wurde.',
    history: 'Zeigt jede Betriebsvereinbarung, die in Kraft war, und wer sie unterschrieben hat.',
    verify: 'Geht alle Betriebsvereinbarungen von der ersten an durch und sagt, ob jede zu Recht in Kraft trat.',
  },
  periods: {
    list: 'Zeigt die angekündigten Zeiträume, die nicht vorbei sind; Mitglieder sehen ihre eigenen.',
    announce: 'Kündigt einen Zeitraum an, in dem bei Mitgliedern mitgehört werden darf.',
    withdraw: 'Zieht einen angekündigten Zeitraum zurück.',
  },
  sheets: {
    list: 'Zeigt, welche Bögen einen selbst betreffen und zu welchen Gesprächen man einen ausfüllen darf.',
    show: 'Zeigt einen Bogen, der einen selbst betrifft.',
    make: 'Gibt einen Bogen zu einem Gespräch ab, bei dem man mitgehört hat; ändern lässt er sich nicht.',
    comment: 'Schreibt eine Anmerkung zu einem Bogen über einen selbst.',
    object: 'Schreibt einen Widerspruch gegen einen Bogen über einen selbst.',
    talk: 'Sagt, ob ein Bogen besprochen wurde.',
    askSecond: 'Bittet jemanden um eine Zweitmeinung zu einem Bogen über einen selbst.',
    giveSecond: 'Gibt die Zweitmeinung ab, um die man gebeten wurde.',
  },
  prompts: {
    list: 'Zeigt, was das Gerät sagen kann und was davon durch eigene Ansagen ersetzt ist.',
    set: 'Ersetzt eine Ansage des Geräts vom nächsten Start an durch eine eigene.',
    remove: 'Kehrt vom nächsten Start an zur Ansage von Modcall zurück.',
  },
  log: {
    show: 'Zeigt die letzten Zeilen des Protokolls.',
  },
  identity: {
    show: 'Zeigt die Hardware-ID und woraus sie entsteht.',
    backup: 'Sichert den Schlüssel, aus dem die Hardware-ID entsteht, mit einer Passphrase versiegelt.',
  },
  licence: {
    show: 'Zeigt die Lizenz und was sie erlaubt.',
    enter: 'Trägt einen Lizenzschlüssel ein, der sofort gilt, oder sagt, warum nicht.',
    explain: 'Zeigt, was in einem Lizenzschlüssel steht und was er hier erlauben würde.',
    remove: 'Entfernt den Lizenzschlüssel.',
    order: 'Zeigt, was der Hersteller wissen muss, um einen Lizenzschlüssel auszustellen.',
    orderSheet: 'Zeigt das Bestellblatt für eine Lizenz zum Ausdrucken.',
  },
  users: {
    list: 'Zeigt, wer sich anmelden darf.',
    set: 'Legt einen Benutzer an oder ändert ihn.',
    remove: 'Entfernt einen Benutzer und seine Tokens.',
  },
  password: {
    change: 'Ändert das eigene Passwort und meldet überall ab.',
  },
  secondFactor: {
    show: 'Zeigt, ob bei Ihrer Anmeldung ein Code verlangt wird.',
    begin: 'Beginnt, eine Authenticator-App einzurichten.',
    confirm: 'Verlangt von nun an einen Code und zeigt die Wiederherstellungscodes.',
    remove: 'Verlangt keinen Code mehr.',
  },
  tokens: {
    list: 'Zeigt die Tokens von Programmen.',
    create: 'Erstellt ein Token für ein Programm; es wird nur dieses eine Mal gezeigt.',
    revoke: 'Widerruft ein Token.',
  },
  web: {
    show: 'Zeigt, wo Browser und Programme das Gerät finden.',
    confirm: 'Bestätigt, dass Sie die Seite dort finden, wohin Sie sie umgezogen haben.',
    revert: 'Nimmt einen Umzug der Seite zurück, den niemand bestätigt hat.',
  },
  certificate: {
    show: 'Zeigt das Zertifikat des Geräts.',
    install: 'Verwendet ein eigenes Zertifikat.',
    remove: 'Kehrt zum Zertifikat zurück, das sich das Gerät selbst ausgestellt hat.',
  },
  backup: {
    check: 'Prüft, ob eine Passphrase für eine Sicherung gut genug ist.',
    explain: 'Zeigt, was in der Sicherung ist, die dem Gerät geschickt wurde, und was sie ändern würde.',
    make: 'Macht eine Sicherung des Geräts, mit einer Passphrase versiegelt.',
    upload: 'Schickt dem Gerät eine Sicherung, die dann mit ihrer Passphrase wiederhergestellt wird.',
    restore:
      'Prüft die geschickte Sicherung und startet das Gerät mit ihr neu, sobald niemand telefoniert, oder sofort außer bei Notrufen.',
  },
  update: {
    show: 'Zeigt, welches System läuft, wie weit die letzte Aktualisierung ist und welche auf Sticks sind oder vom Hersteller angekündigt.',
    upload: 'Schickt dem Gerät eine Aktualisierung.',
    look: 'Sieht auf dem Webserver des Herstellers nach einer neueren Version.',
    explain: 'Prüft, ob eine Aktualisierung für dieses Gerät ist, und zeigt, was in ihr ist.',
    install:
      'Installiert eine Aktualisierung, während Gespräche weitergehen, und startet das Gerät damit ganz neu, sobald niemand spricht, oder sofort bis auf Notrufe.',
    restart: 'Startet das Gerät mit der installierten Aktualisierung ganz neu.',
  },
  backupSchedule: {
    show: 'Zeigt, wohin das Gerät von sich aus sichert und wann.',
    set: 'Sichert von nun an an diesen Ort: täglich, wenn der Taster des Geräts gehalten wird, oder beides.',
    remove: 'Das Gerät sichert nicht mehr von sich aus.',
  },
};
