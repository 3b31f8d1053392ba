import type { settings as english } from '../en/settings.js';
import type { Translation } from '../tree.js';

export const settings: Translation<typeof english> = {
  invalid: ({ file, count }) =>
    `Die Einstellungen in ${file} sind nicht gültig (${count === 1 ? 'ein Fehler' : `${count} Fehler`}).`,
  refused: ({ count }: { count: number }) =>
    `Die Einstellungen wurden nicht geändert: ${count === 1 ? 'ein Wert ist' : `${count} Werte sind`} nicht gültig.`,
  notKept: ({ reason }: { reason: string }) =>
    `Die Einstellungen wurden nicht geändert: Sie konnten nicht gespeichert werden (${reason}). Prüfen Sie die Speicherkarte und versuchen Sie es noch einmal.`,
  missing: ({ path }) =>
    `Es gibt keine Einstellungen in ${path}. Nennen Sie den Ordner mit --data oder MODCALL_DATA, oder starten Sie Modcall einmal: Es legt sie an.`,
  lost: ({ path, copy }) =>
    `Die Einstellungen ${path} fehlen, obwohl das Gerät eingerichtet war. Stellen Sie sie aus einer Sicherung wieder her, oder setzen Sie ${copy} an ihre Stelle. Soll das Gerät neu beginnen, leeren Sie den ganzen Datenordner.`,
  settingsOfLastStart:
    'So, wie sie sind, sind die Einstellungen nicht zu gebrauchen. Benutzt werden die letzten guten; Mithören bleibt gesperrt, bis die Einstellungen in der Datei berichtigt sind oder eine Fassung von ihnen wiederhergestellt ist.',
  countryUnknown:
    'Noch hat niemand gesagt, in welchem Land das Gerät steht. Bis dahin gelten 112, 110, 911 und 999 alle als Notrufnummern, und Anrufe von außen können nicht mitgehört werden, wo jemand ausgenommen ist. Bitte das Land auf der Seite unter „Leitungen“, „Telefonie“ wählen, oder mit: modcall settings change --country de|gb|us',
  settingsSalvaged:
    'So, wie sie sind, sind die Einstellungen nicht zu gebrauchen. Benutzt wird jeder Eintrag, der gültig ist; Mithören bleibt gesperrt, bis die Einstellungen in der Datei berichtigt oder als Ganzes geändert sind.',
  newer: ({ path, keys }) =>
    `Die Einstellungen ${path} hat ein neueres Modcall geschrieben. Was dieses nicht kennt, beachtet es nicht: ${keys}. Profile sind abgeschaltet, wenn eine Regel für das Mithören darunter sein kann. Installieren Sie das neuere Modcall wieder, oder prüfen Sie die Einstellungen und schalten Sie die Profile ein.`,
  noSuchWebhook: ({ id }) => `Es gibt keinen Webhook ${id}, der eingeschaltet ist. Prüfen Sie die Schreibweise.`,
  noSuchVersion: ({ version }) =>
    `Die Fassung ${version} der Einstellungen ist nicht aufgehoben. Wählen Sie eine der aufgeführten.`,
  noSuchEntry: ({ list, name }) =>
    `Unter den ${list} der Einstellungen gibt es kein ${name}. Prüfen Sie die Schreibweise.`,
  stillNamed: ({ name, paths }) =>
    `${name} lässt sich nicht entfernen, denn es wird genannt von: ${paths.join(', ')}. Ändern Sie erst das.`,
  table: {
    unreadable: ({ line }) =>
      `Die Zeile ${line} der Tabelle ist nicht zu lesen. Jede Zeile braucht so viele Spalten wie die erste, und jedes Anführungszeichen sein zweites.`,
    longLine: ({ line, most }) =>
      `Die Zeile ${line} der Tabelle hat mehr als ${most} Zeichen. Kürzen Sie sie, oder schreiben Sie das zweite Anführungszeichen dorthin, wo es fehlt.`,
    columnTwice: ({ column }) => `Die Spalte "${column}" gibt es zweimal. Entfernen Sie eine der beiden.`,
    tooLong: ({ most }) => `Die Tabelle hat mehr als ${most} Zeilen. Übernehmen Sie sie in Teilen.`,
    noKey: ({ column }) => `Die erste Zeile der Tabelle muss die Spalten nennen, und eine davon muss "${column}" sein.`,
    invalid: ({ count }) =>
      `Die Tabelle ist nicht gültig (${count === 1 ? 'ein Fehler' : `${count} Fehler`}). Es wurde nichts geändert.`,
  },
  unreadable: ({ path, reason }) =>
    `Die Einstellungen ${path} lassen sich nicht lesen (${reason}). Prüfen Sie die Rechte der Datei und die Speicherkarte.`,
  fault: {
    version: { reason: 'ist keine Version einer Einstellungsdatei', remedy: 'Schreiben Sie "version": 1.' },
    newerVersion: {
      reason: ({ newest }) => `stammt von einem neueren Modcall; dieses kennt Versionen bis ${newest}`,
      remedy: 'Installieren Sie das neuere Modcall wieder, oder stellen Sie die Einstellungen zu diesem wieder her.',
    },
    language: { reason: 'ist keine Sprache von Modcall', remedy: 'Schreiben Sie "de" oder "en".' },
    country: {
      reason: 'ist kein Land, das Modcall kennt',
      remedy: 'Schreiben Sie "de", "us" oder "gb": Danach richten sich die Notrufnummern.',
    },
    ipAddress: { reason: 'ist keine IP-Adresse', remedy: 'Schreiben Sie eine Adresse wie "192.168.1.10".' },
    ipv4Address: {
      reason: 'ist keine IPv4-Adresse; diese Version nimmt Anrufe nur über IPv4 an',
      remedy: 'Schreiben Sie eine Adresse dieses Geräts wie "192.168.1.10"; "0.0.0.0" steht für alle.',
    },
    webNames: {
      reason: 'hat mehr als 16 Namen',
      remedy: 'Behalten Sie die, unter denen Browser und Programme das Gerät erreichen.',
    },
    webInClear: {
      reason: 'würde Passwörter unverschlüsselt über das Netz schicken',
      remedy: 'Schreiben Sie true, oder "address": "127.0.0.1", das nur dieser Rechner selbst erreicht.',
    },
    host: {
      reason: 'ist weder Rechnername noch IP-Adresse',
      remedy: 'Schreiben Sie einen Namen wie "sip.example.com" oder eine Adresse.',
    },
    port: {
      reason: 'ist kein Port',
      remedy:
        'Schreiben Sie eine ganze Zahl von 1 bis 65535 ohne Anführungszeichen; üblich sind 5060 für SIP, 5061 für SIP über TLS und 8443 für web.',
    },
    portTaken: {
      reason: 'ist von einem anderen Programm auf dem Gerät belegt',
      remedy: 'Schreiben Sie einen anderen Port, oder beenden Sie dieses Programm.',
    },
    portForbidden: {
      reason: 'ist ein Port, den auf dem Gerät nur der Systemverwalter benutzen darf',
      remedy: 'Schreiben Sie einen Port ab 1024, oder erlauben Sie ihn dem Dienst von Modcall.',
    },
    foreignAddress: {
      reason: 'ist keine Adresse dieses Geräts',
      remedy: 'Schreiben Sie eine Adresse, die das Gerät hat; "0.0.0.0" bedient alle.',
    },
    transport: {
      reason: 'nennt kein Transportprotokoll von Modcall',
      remedy: 'Schreiben Sie mindestens eines von "udp", "tcp" und "tls".',
    },
    pem: {
      reason: 'ist kein Text im PEM-Format',
      remedy: 'Schreiben Sie den Text von -----BEGIN bis -----END in eine Zeichenkette.',
    },
    authorities: {
      reason: 'ist keine Liste von Zertifikaten im PEM-Format',
      remedy: 'Schreiben Sie einen oder mehrere Blöcke von -----BEGIN CERTIFICATE----- bis -----END CERTIFICATE-----.',
    },
    encryption: {
      reason: 'sagt nicht, ob der Ton verschlüsselt wird',
      remedy: 'Schreiben Sie "off", "offered" oder "required".',
    },
    callerIdentity: {
      reason: 'nennt keine Stelle für die Nummer dessen, der anruft',
      remedy: 'Schreiben Sie "from", oder was der Anbieter verlangt: "preferred" oder "asserted".',
    },
    diversion: {
      reason: 'nennt keine Art, zu sagen, wer einen Anruf umgeleitet hat',
      remedy: 'Schreiben Sie "none", oder was der Anbieter verlangt: "diversion" oder "historyInfo".',
    },
    extensionKeysInClear: {
      reason:
        'ließe kein Gespräch zu: Nichts lässt sich verschlüsseln, solange sich Telefone nicht über TLS anmelden können',
      remedy: 'Nehmen Sie "tls" in die Transporte von sip auf, oder schreiben Sie "offered".',
    },
    trunkKeysInClear: {
      reason: 'ließe kein Gespräch zu: Ohne TLS könnten andere die Schlüssel lesen',
      remedy:
        'Schreiben Sie "transport": "tls" mit dem Port, den der Anbieter nennt (meist 5061), oder "encryption": "off".',
    },
    clientCertificate: {
      reason: 'und "clientKey" sind kein Zertifikat mit seinem Schlüssel',
      remedy:
        'Schreiben Sie beide im PEM-Format, den Schlüssel ohne Passwort, wie der Anbieter sie gegeben hat; oder keines.',
    },
    realm: {
      reason: 'ist kein Realm',
      remedy: 'Schreiben Sie 1 bis 64 ASCII-Zeichen ohne Anführungszeichen und Rückstriche, etwa "modcall".',
    },
    digest: {
      reason: 'nennt kein Digest-Verfahren von Modcall',
      remedy: 'Schreiben Sie mindestens eines von "SHA-256" und "MD5".',
    },
    name: {
      reason: 'ist kein Name',
      remedy: 'Schreiben Sie 1 bis 64 Zeichen, darin keine Anführungszeichen, spitzen Klammern und Rückstriche.',
    },
    id: {
      reason: 'ist kein Kurzname',
      remedy: 'Schreiben Sie bis zu 32 Kleinbuchstaben, Ziffern und Bindestriche, zuerst einen Buchstaben: "support".',
    },
    extensionNumber: {
      reason: 'ist keine Nebenstellennummer',
      remedy: 'Schreiben Sie 2 bis 8 Ziffern in Anführungszeichen, etwa "101".',
    },
    password: {
      reason: 'ist kein brauchbares Passwort',
      remedy: 'Schreiben Sie 12 bis 128 Zeichen in Anführungszeichen.',
    },
    pin: {
      reason: 'ist nicht der Hash einer PIN',
      remedy: 'Schreiben Sie hier null und setzen Sie die PIN mit: modcall pin set NEBENSTELLE',
    },
    dialable: {
      reason: 'ist keine interne Rufnummer',
      remedy: 'Schreiben Sie 2 bis 8 Zeichen aus 0-9, * und # in Anführungszeichen, etwa "*55".',
    },
    prefix: {
      reason: 'ist keine Amtskennziffer',
      remedy: 'Schreiben Sie bis zu 8 Zeichen aus 0-9, * und # in Anführungszeichen; "" nimmt jede Nummer.',
    },
    trunkKind: {
      reason: 'ist keine Art von Anschluss',
      remedy:
        'Schreiben Sie "registering" (Benutzer und Passwort), "address" (Liste von Adressen) oder "analog" (Buchse der Platine).',
    },
    analogPort: {
      reason: 'ist keine Buchse einer Platine',
      remedy: 'Schreiben Sie den Namen, den sie in der Platinendatei unter "lines" hat, etwa "handset".',
    },
    onLift: {
      reason: 'sagt nicht, was das Abheben bewirkt',
      remedy: 'Schreiben Sie { "kind": "dialTone" } oder { "kind": "call", "number": "*55" }.',
    },
    username: {
      reason: 'ist kein Benutzername',
      remedy: 'Schreiben Sie 1 bis 128 ASCII-Zeichen ohne Leerzeichen, wie vom Anbieter genannt.',
    },
    trunkPassword: {
      reason: 'ist kein Passwort',
      remedy: 'Schreiben Sie 1 bis 128 Zeichen, wie vom Anbieter genannt.',
    },
    inbound: {
      reason: 'sagt nicht, wo es klingelt',
      remedy: 'Schreiben Sie { "extension": "100" } oder { "group": "support" }.',
    },
    outsideNumber: {
      reason: 'ist keine Rufnummer',
      remedy: 'Schreiben Sie 1 bis 20 Ziffern in Anführungszeichen, davor gegebenenfalls ein +.',
    },
    excludedNumber: {
      reason: 'lässt sich nicht ausschließen',
      remedy: 'Schreiben Sie 3 bis 20 Ziffern in Anführungszeichen, davor gegebenenfalls ein +.',
    },
    intervention: {
      reason: 'kann ein Moderator nicht tun',
      remedy: 'Schreiben Sie "whisper", "barge" oder "takeOver"; Mithören geht ohnehin.',
    },
    encryptedCalls: {
      reason: 'sagt nicht, auf welchen Leitungen verschlüsselte Gespräche mitgehört werden',
      remedy: 'Schreiben Sie "protectedLine", "protectedThroughout" oder "anyLine".',
    },
    notice: {
      reason: 'ist keine Art von Hinweis',
      remedy: 'Schreiben Sie { "kind": … } mit "none", "toneAtStart", "toneEvery" oder "announcement".',
    },
    noticeSeconds: {
      reason: 'ist kein Abstand von Hinweistönen',
      remedy: 'Schreiben Sie 5 bis 300 (Sekunden), ohne Anführungszeichen.',
    },
    weekday: {
      reason: 'nennt keinen Wochentag',
      remedy: 'Schreiben Sie mindestens einen von "mon", "tue", "wed", "thu", "fri", "sat", "sun".',
    },
    clockTime: {
      reason: 'ist keine Uhrzeit',
      remedy: 'Schreiben Sie Stunden und Minuten, etwa "08:00"; ein Zeitfenster darf um "24:00" enden.',
    },
    windowOrder: {
      reason: ({ from }) => `liegt nicht nach dem Anfang, ${from}`,
      remedy:
        'Lassen Sie das Fenster am selben Tag später enden; für eine Nacht zwei Fenster: bis "24:00" und ab "00:00".',
    },
    quota: {
      reason: 'ist kein Kontingent',
      remedy: 'Schreiben Sie, wie viele Gespräche je Mitglied und Monat zulässig sind, oder null für beliebig viele.',
    },
    strategy: {
      reason: 'ist keine Art, in der eine Gruppe klingelt',
      remedy: 'Schreiben Sie "all", "inTurn" oder "longestIdle".',
    },
    memberSeconds: {
      reason: 'ist keine Klingelzeit',
      remedy: 'Schreiben Sie 5 bis 120 (Sekunden), ohne Anführungszeichen.',
    },
    overflowNumber: {
      reason: 'ist keine Nummer, die man hier wählen kann',
      remedy: 'Schreiben Sie sie so, wie man sie im Haus wählt, nach außen mit der Kennziffer des Anschlusses.',
    },
    overflowSeconds: {
      reason: 'ist keine Zeit',
      remedy: 'Schreiben Sie 5 bis 180 (Sekunden), ohne Anführungszeichen.',
    },
    overflowNowhere: {
      reason: 'ist keine Nummer, an die eine Gruppe ihre Anrufe weitergeben kann',
      remedy:
        'Wählen Sie eine Nebenstelle, eine andere Gruppe oder eine Nummer außerhalb: keine Servicenummer, keinen Code und keine Notrufnummer.',
    },
    ringSeconds: {
      reason: 'ist keine Klingeldauer',
      remedy: 'Schreiben Sie 5 bis 180 (Sekunden), ohne Anführungszeichen.',
    },
    perCall: {
      reason: 'ist keine Zahl von Moderatoren in einem Gespräch',
      remedy: 'Schreiben Sie 1 bis 16, ohne Anführungszeichen.',
    },
    total: {
      reason: 'ist keine Zahl gleichzeitiger Mithörender auf dem Gerät',
      remedy: 'Schreiben Sie 1 bis 330, ohne Anführungszeichen.',
    },
    privacyMinutes: {
      reason: 'ist keine Zeit, für die der Taster das Mithören sperren kann',
      remedy: 'Schreiben Sie 1 bis 1440 (Minuten), oder null für die der Platine.',
    },
    webhookUrl: {
      reason: 'ist keine Adresse für Webhooks',
      remedy:
        'Schreiben Sie eine Adresse, die mit "https://" oder "http://" beginnt, ohne Benutzernamen, Passwort und "#".',
    },
    webhookPlace: {
      reason: 'ist kein Ort',
      remedy: 'Schreiben Sie "network" oder, für ein Programm auf dem Gerät selbst, "box".',
    },
    webhookEvent: {
      reason: 'ist keine Art von Ereignissen für Webhooks',
      remedy: 'Schreiben Sie "calls" oder "monitors".',
    },
    webhookSecret: {
      reason: 'ist nicht der Schlüssel eines Webhooks',
      remedy:
        'Lassen Sie ihn das Gerät erzeugen: Schreiben Sie "generate", oder lassen Sie ihn weg, wenn Sie einen einzelnen Webhook setzen.',
    },
    webhooks: { reason: 'sind zu viele Webhooks', remedy: 'Lassen Sie höchstens 16 stehen.' },
    phones: { reason: 'sind zu viele Telefone', remedy: 'Lassen Sie höchstens 1000 stehen.' },
    phoneId: {
      reason: 'bezeichnet kein Telefon',
      remedy:
        'Schreiben Sie seine MAC-Adresse aus 12 Ziffern und Kleinbuchstaben, etwa "001565aabbcc"; für eine App einen Namen wie "anna".',
    },
    phoneMac: {
      reason: 'ist keine MAC-Adresse',
      remedy: 'Schreiben Sie die 12 Ziffern und Buchstaben vom Aufkleber des Telefons, etwa "001565aabbcc".',
    },
    phoneModel: {
      reason: 'ist kein Modell, das das Gerät einrichten kann',
      remedy: 'Schreiben Sie "yealink", "snom", "grandstream", "grandstream-ht", "cisco-ata" oder "linphone".',
    },
    phoneExtensions: { reason: 'hat keine Nebenstelle', remedy: 'Schreiben Sie mindestens eine, etwa ["101"].' },
    phoneLines: {
      reason: 'hat mehr Nebenstellen, als ein Telefon dieses Modells sein kann',
      remedy:
        'Lassen Sie an einem Adapter 2, in Linphone 4, an einem Grandstream 6, einem Snom 12, einem Yealink 16 stehen.',
    },
    phoneButtons: { reason: 'sind Tasten, die dieses Modell nicht hat', remedy: 'Lassen Sie sie weg.' },
    phoneOnLift: {
      reason: 'ist nur für Adapter: Dieses Modell ruft durch Abheben niemanden an',
      remedy: 'Schreiben Sie { "kind": "dialTone" }, oder lassen Sie es weg.',
    },
    button: {
      reason: 'sagt nicht, was eine Taste tut',
      remedy:
        'Schreiben Sie { "kind": "blf", "extension": "101" }, { "kind": "speedDial", "number": "0301234", "label": "Taxi" }, { "kind": "monitoring", "profile": "support" } oder { "kind": "listening" }.',
    },
    buttons: { reason: 'sind zu viele Tasten', remedy: 'Lassen Sie höchstens 40 stehen.' },
    buttonNumber: {
      reason: 'ist keine Nummer, die eine Taste anrufen kann',
      remedy: 'Schreiben Sie 2 bis 20 Zeichen aus 0-9, * und #, bei Bedarf mit einem + davor.',
    },
    phoneSecret: {
      reason: 'ist nicht das Geheimnis eines Telefons',
      remedy: 'Lassen Sie es das Gerät erzeugen: Schreiben Sie "generate", wenn Sie ein einzelnes Telefon ändern.',
    },
    webhookOnBox: {
      reason: 'führt auf das Gerät selbst, nicht ins Netz',
      remedy: 'Berichtigen Sie die Adresse, oder schreiben Sie "place": "box", wenn das Programm auf dem Gerät läuft.',
    },
    updateAddress: {
      reason: 'ist nicht die Adresse eines Ordners mit Aktualisierungen',
      remedy:
        'Schreiben Sie eine Adresse, die mit "https://" beginnt, ohne Benutzernamen, Passwort, "?" und "#"; "http://" geht nur mit einer IP-Adresse des eigenen Netzes.',
    },
    updateChannel: { reason: 'ist kein Kanal für Aktualisierungen', remedy: 'Schreiben Sie "stable" oder "beta".' },
    logLevel: {
      reason: 'ist keine Protokollstufe',
      remedy: 'Schreiben Sie "trace", "debug", "info", "warn", "error" oder "fatal".',
    },
    unknownKey: {
      reason: 'ist keine Einstellung',
      remedy: ({ meant }) =>
        meant === null ? 'Entfernen Sie sie.' : `Meinten Sie "${meant}"? Sonst entfernen Sie sie.`,
    },
    duplicate: {
      reason: ({ other }) => `ist dasselbe wie ${other}`,
      remedy: 'Entfernen Sie eines von beiden, oder geben Sie ihm einen eigenen Wert.',
    },
    unknownExtension: {
      reason: 'ist keine Nebenstelle',
      remedy: 'Ergänzen Sie die Nebenstelle unter "extensions", oder berichtigen Sie die Nummer.',
    },
    unknownGroup: {
      reason: 'ist keine Gruppe',
      remedy: 'Ergänzen Sie die Gruppe unter "groups", oder berichtigen Sie den Kurznamen.',
    },
    unknownProfile: {
      reason: 'ist kein Profil',
      remedy: 'Legen Sie das Profil unter "profiles" an, oder berichtigen Sie den Kurznamen.',
    },
    unknownTrunk: {
      reason: 'ist kein Anschluss',
      remedy: 'Ergänzen Sie den Anschluss unter "trunks", oder berichtigen Sie den Kurznamen.',
    },
    emergencyClash: {
      reason: ({ number }) => `würde die Notrufnummer ${number} abfangen`,
      remedy: 'Wählen Sie eine andere Nummer: Notrufe gehen immer hinaus.',
    },
    featureClash: {
      reason: 'ist ein Code, den man an jedem Telefon wählen kann',
      remedy:
        'Wählen Sie eine andere Nummer: *1, ***1, *8, *00 bis *09, ** vor einer Nummer und *26, #21, *#21 und so weiter sind vergeben.',
    },
    prefixClash: {
      reason: ({ prefix }) =>
        `beginnt mit der Kennziffer eines Anschlusses, "${prefix}", und würde Nummern nach außen abfangen`,
      remedy: 'Wählen Sie eine andere Nummer, oder eine andere Kennziffer für den Anschluss.',
    },
    samePin: {
      reason: ({ other }) => `ist dieselbe PIN wie ${other}; an der PIN wird der Moderator erkannt`,
      remedy: 'Setzen Sie für eine der beiden Nebenstellen eine andere mit: modcall pin set NEBENSTELLE',
    },
    foreignPin: {
      reason: ({ other }) => `stammt von einem anderen Gerät als ${other}`,
      remedy: 'Schreiben Sie hier null und setzen Sie die PIN mit: modcall pin set NEBENSTELLE',
    },
  },
};
