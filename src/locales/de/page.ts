import type { page as english } from '../en/page.js';
import type { Translation } from '../tree.js';
import { agreement } from './page/agreement.js';
import { form, list } from './page/form.js';
import { handling } from './page/handling.js';
import { licence } from './page/licence.js';
import { lines } from './page/lines.js';
import { listening } from './page/listening.js';
import { own } from './page/own.js';
import { people } from './page/people.js';
import { phones } from './page/phones.js';
import { record } from './page/record.js';
import { rules } from './page/rules.js';
import { setUp } from './page/set-up.js';
import { setting } from './page/setting.js';
import { sheets } from './page/sheets.js';
import { system } from './page/system.js';

export const page: Translation<typeof english> = {
  place: {
    live: 'Jetzt',
    people: 'Personen',
    rules: 'Mithören',
    lines: 'Leitungen',
    agreement: 'Vereinbarung',
    record: 'Prüfprotokoll',
    licence: 'Lizenz',
    system: 'Gerät',
    own: 'Meine Seite',
  },
  agreement,
  form,
  handling,
  list,
  people,
  phones,
  rules,
  sheets,
  shell: {
    skip: 'Zum Inhalt',
    menu: 'Menü',
    language: 'Sprache',
    dark: 'Dunkel',
    signOut: 'Abmelden',
    cancel: 'Abbrechen',
    nowhere: 'Hier ist nichts',
    toLive: 'Zu den laufenden Gesprächen',
  },
  problem: {
    backup: {
      notABackup:
        'Das ist keine Sicherung eines Geräts. Wählen Sie eine Datei, die hier mit „Sicherung anlegen“ gespeichert wurde, oder eine tägliche. Es wurde nichts geändert.',
      restoreWaits:
        'Eine Wiederherstellung wartet schon auf das Ende der Gespräche. Um etwas anderes wiederherzustellen, sagen Sie sie zuerst ab, unter „Zustand“.',
    },
  },
  box: {
    unreachable: 'Das Gerät antwortet nicht. Ist es eingeschaltet, und sind Sie in seinem Netz?',
    unexpected: ({ status }) =>
      `Das Gerät hat eine Antwort gegeben, die diese Seite nicht kennt (${status}). Laden Sie die Seite neu.`,
    pageFault: ({ reason }) => `Diese Seite hat einen Fehler gemacht (${reason}). Laden Sie sie neu.`,
    lost: 'Die Verbindung zum Gerät ist unterbrochen. Was Sie sehen, kann veraltet sein. Neuer Versuch …',
    placeMissing: 'Nicht geladen',
    notFetched:
      'Dieser Teil der Seite war beim Gerät nicht zu bekommen. Bitte prüfen, ob es erreichbar ist, und noch einmal versuchen.',
    tryAgain: 'Noch einmal versuchen',
  },
  way: {
    about: 'Die Telefonanlage Ihres Büros, und wer ihre Gespräche mithört.',
    because: {
      ended: 'Ihre Sitzung ist zu Ende. Melden Sie sich neu an.',
      passwordChanged: 'Das Passwort ist geändert. Melden Sie sich mit dem neuen an.',
    },
    demo: {
      about:
        'Dies ist die Vorführung einer Telefonanlage, in der ein Moderator bei laufenden Gesprächen mithört: Zwei eingebaute Telefone sprechen miteinander.',
      hear: 'Drei Wege, es zu hören',
      panel: 'An der Frontplatte',
      panelAbout:
        'Heben Sie dort den Hörer ab, tippen Sie die ausgegebene PIN und #, dann noch einmal #. Ihr Rechner ist der Hörer.',
      page: 'Hier auf der Seite',
      pageAbout:
        'Melden Sie sich unten als Moderator an, wie beim Start von Modcall ausgegeben: „Jetzt“ zeigt das Gespräch und lässt Sie mithören.',
      phone: 'Mit dem eigenen Telefon',
      phoneAbout:
        'Melden Sie irgendein SIP-Telefon als 100 mit dem ausgegebenen Passwort an, wählen Sie *55, tippen Sie die PIN und #, dann noch einmal #.',
    },
    signIn: 'Anmelden',
    name: 'Benutzername',
    password: 'Passwort',
    code: 'Code der Authenticator-App',
    codeHint: 'Oder einer Ihrer Wiederherstellungscodes.',
    toClaim: 'Ich habe einen Einmalcode',
    toSignIn: 'Ich habe Benutzername und Passwort',
    claim: 'Ersten Admin einrichten',
    nameHint: 'Damit melden Sie sich an.',
    claimAbout:
      'Der Einmalcode steht im Terminal oder Protokoll, wo Modcall gestartet wurde. Solange sich niemand anmelden kann, macht jeder Start einen neuen: Es gilt der letzte. Läuft Modcall als Dienst, zeigt ihn der Befehl journalctl -u modcall. Wer den Hörer am Gerät abhebt, hört ihn. Nachdem der Taster am Gerät zehn Sekunden lang gehalten wurde, steht ein neuer im Protokoll.',
    oneTimeCode: 'Einmalcode',
    newPassword: 'Neues Passwort',
    newPasswordHint:
      'Mindestens 10 Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu erraten.',
    becomeAdmin: 'Admin werden',
  },
  live: {
    loading: 'Das Gerät wird gefragt …',
    standsStill: 'Ohne Verbindung zum Gerät: Die Dauer steht still.',
    warnings: 'Das braucht Aufmerksamkeit',
    settingsAre: {
      lastGood:
        'Die Einstellungen waren nicht zu gebrauchen. Das Gerät arbeitet mit den letzten guten, und das Mithören ist gesperrt.',
      salvaged:
        'Die Einstellungen waren nicht zu gebrauchen. Das Gerät arbeitet mit dem, was davon übrig war, und das Mithören ist gesperrt.',
    },
    clockIs: {
      behind: 'Die Uhr des Geräts geht nach.',
      notSet: 'Die Uhr des Geräts ist nicht gestellt.',
    },
    closure: {
      recordUnavailable: 'Niemand kann mithören: Das Prüfprotokoll kann nicht geschrieben werden.',
      settingsLost: 'Niemand kann mithören: Die Einstellungen des Geräts sind nicht zu gebrauchen.',
      agreementLost:
        'Niemand kann mithören: Die Betriebsvereinbarung ist nicht so, wie das Gerät sie hinterlassen hat.',
      endedByButton: 'Niemand kann mithören: Der Taster des Geräts wurde gedrückt.',
      licenceMissing: 'Niemand kann mithören: Es gibt keine Lizenz.',
      licenceInvalid: 'Niemand kann mithören: Die Lizenz gilt hier nicht.',
      licenceExpired: 'Niemand kann mithören: Die Lizenz ist abgelaufen.',
      licenceTier: 'Niemand kann mithören: Die Lizenz reicht für zu wenige Nebenstellen.',
      licenceClock: 'Niemand kann mithören: Die Uhr des Geräts geht nicht richtig.',
      licenceUnread:
        'Noch kann niemand mithören: Das Gerät kann die Lizenz noch nicht prüfen, weil sein Datenträger langsam ist.',
    },
    private: ({ minutes }) => `Noch ${minutes} min privat.`,
    talking: 'Im Gespräch',
    call: 'Gespräch',
    calls: 'ruft an',
    listening: 'Mithören',
    askingNow: ({ count }) => (count === 1 ? '1 bittet um Einlass' : `${count} bitten um Einlass`),
    phones: 'Telefone',
    phonesAre: 'SIP und analog',
    trunks: 'Anschlüsse',
    trunksDown: ({ count }) => `${count} gestört`,
    licence: 'Lizenz',
    licensed: 'gültig',
    notLicensed: 'keine',
    licensedUntil: ({ day }) => `bis ${day}`,
    simulatedBoard: 'simulierte Platine',
    lamps: 'Lampen',
    monitorLamp: 'Mithören',
    statusLamp: 'Zustand',
    lampIs: {
      dark: 'dunkel',
      steady: 'leuchtet',
      slowBlink: 'blinkt langsam',
      fastBlink: 'blinkt schnell',
      doubleBlink: 'blinkt doppelt',
    },
    runningCalls: ({ count }) => (count === 0 ? 'Laufende Gespräche' : `Laufende Gespräche: ${count}`),
    noCalls: 'Im Augenblick spricht niemand.',
    noCallsToSee: 'Im Augenblick gibt es kein Gespräch, das Sie sehen dürfen.',
    from: 'Von',
    to: 'An',
    state: 'Zustand',
    duration: 'Dauer',
    actions: 'Aktionen',
    stateIs: { ringing: 'klingelt', transferring: 'wird übergeben', talking: 'im Gespräch', parked: 'geparkt' },
    held: 'gehalten',
    emergency: 'Notruf',
    encrypted: 'verschlüsselt',
    unknown: 'unbekannt',
    by: ({ trunk }) => `über ${trunk}`,
    endCall: 'Gespräch beenden',
    endCallOf: ({ from, to }) => `Gespräch beenden: ${from} an ${to}`,
    endCallAbout: 'Beide werden sofort getrennt. Im Prüfprotokoll steht, dass Sie es waren.',
    note: 'Warum',
    noteHint: 'Für das Prüfprotokoll; kann leer bleiben.',
    callEnded: 'Das Gespräch ist beendet.',
    beginning: 'beginnt',
    mode: { listen: 'hört mit', whisper: 'flüstert', barge: 'aufgeschaltet' },
    listensTo: ({ moderator, member }) => `${moderator} hört bei ${member} mit.`,
    follows: 'Folgt ins nächste Gespräch.',
    asking: 'bittet um Einlass',
    asksToListen: ({ moderator, member }) =>
      `${moderator} bittet um Einlass in ein Gespräch von ${member} und hört vorher nichts davon.`,
    waitsFor: ({ moderator, member }) => `${moderator} wartet auf das nächste Gespräch von ${member}.`,
    moderators: 'Moderatoren',
    notice: {
      none: 'keiner',
      toneAtStart: 'ein Ton am Anfang',
      announcement: 'eine Ansage',
    },
    toneEvery: ({ seconds }) => `ein Ton alle ${seconds} s`,
    noticeToBoth: ({ notice }) => `Hinweis für beide: ${notice}.`,
    noticeToEach: ({ member, other }) => `Hinweis für das Mitglied: ${member}; für die Gegenseite: ${other}.`,
    bothTold: 'Beide haben ihn gehört.',
    memberTold: 'Das Mitglied hat ihn gehört.',
    otherTold: 'Die Gegenseite hat ihn gehört.',
    endListeningOf: ({ moderator, member }) => `Mithören beenden: ${moderator} bei ${member}`,
    listeningEnded: 'Das Mithören ist beendet.',
    ownCall: 'Mithören bei mir',
    ownCallAbout:
      'Sie können alles Mithören in Ihrem eigenen Gespräch jederzeit beenden, auch ohne zu wissen, ob jemand mithört. Das Gespräch geht weiter.',
    endOwn: 'Alles Mithören bei mir beenden',
    ownEnded: 'Sie haben alles Mithören bei sich beendet.',
    lastCalls: 'Letzte Gespräche',
    noLastCalls: 'Keine in den letzten zwölf Stunden.',
    ended: 'Ende',
    answeredBy: ({ number }) => `angenommen von ${number}`,
    talked: 'Gesprochen',
    cause: {
      normal: 'nicht angenommen',
      cancelled: 'Anrufer hat aufgelegt',
      answeredElsewhere: 'anderswo angenommen',
      busy: 'besetzt',
      declined: 'abgelehnt',
      noAnswer: 'keine Antwort',
      unavailable: 'nicht erreichbar',
      notFound: 'Nummer gibt es nicht',
      forbidden: 'nicht erlaubt',
      incomplete: 'Nummer unvollständig',
      notAcceptable: 'kein gemeinsamer Codec',
      congestion: 'überlastet',
      peerSilent: 'Telefon verstummt',
      failure: 'fehlgeschlagen',
      boxStopped: 'Gerät angehalten oder ausgefallen',
    },
    registeredPhones: ({ count }) => `Angemeldete SIP-Telefone: ${count}`,
    extension: 'Nebenstelle',
    phone: 'Telefon',
    address: 'Adresse',
    since: 'Seit',
    silent: 'antwortet nicht',
    allLines: ({ count }) => `Leitungen: ${count}`,
    line: 'Leitung',
    kind: 'Art',
    lineKind: {
      registering: 'Anschluss, meldet sich an',
      address: 'Anschluss nach Adresse',
      analog: 'Amtsleitung',
      telephone: 'analoges Telefon',
    },
    up: 'in Ordnung',
    down: 'gestört',
    downSince: ({ moment }) => `seit ${moment}`,
  },
  licence,
  record,
  setUp,
  setting,
  system,
  lines,
  own,
  listening,
};
