import type { access as english } from '../en/access.js';
import type { Translation } from '../tree.js';

export const access: Translation<typeof english> = {
  nameUnusable: ({ longest }) =>
    `Dieser Name ist nicht möglich: 1 bis ${longest} Zeichen, darunter keine unsichtbaren.`,
  password: {
    tooShort:
      'Das Passwort ist zu kurz: Es braucht mindestens 10 Zeichen. Ein paar Wörter hintereinander merkt man sich leicht.',
    tooLong: 'Das Passwort ist zu lang: höchstens 200 Zeichen.',
    tooSimple:
      'Das Passwort ist zu leicht zu erraten: Es darf nicht aus dem Namen, einem verbreiteten Passwort (wie „Passwort“ mit Zahlen dahinter), einer Reihe wie 1234567890 oder wenigen wiederholten Zeichen bestehen. Ein paar Wörter hintereinander merkt man sich leicht.',
    wrong: 'Das bisherige Passwort ist falsch. Es wurde nichts geändert.',
  },
  tooManyTries: ({ seconds }) => `Zu viele Versuche. Bitte ${seconds} s warten und dann noch einmal versuchen.`,
  codeUse:
    'Öffnen Sie die Seite des Geräts im Browser (https://, seine Adresse, ein Doppelpunkt und der Port von "web" in den Einstellungen) oder laden Sie sie neu, wählen Sie die Sprache und tippen Sie den Code ein; oder senden Sie ihn über die API, wie in docs/api.md gezeigt. Befehle und die API verbergen den Code; die Datei log/modcall.log im Datenordner zeigt ihn.',
  notServed:
    'Um das Gerät vom Browser oder von Programmen aus einzurichten, ergänzen Sie die Einstellungen um "web": {}: Dann antwortet es auf Port 8443 (HTTPS), und im Protokoll steht der Einmalcode für den ersten Admin.',
  codeUsed: 'Der Einmalcode wurde inzwischen benutzt oder ersetzt. Im Protokoll des Geräts steht der gültige.',
  codeWrong:
    'Der Code der Authenticator-App ist falsch. Bitte prüfen, ob die Uhr des Telefons stimmt, und den nächsten Code eingeben.',
  noSetUp:
    'Gerade wird keine Authenticator-App eingerichtet. Bitte neu beginnen: Das Gerät zeigt einen anderen QR-Code.',
  clockNotSet:
    'Die Uhr des Geräts ist nicht gestellt, deshalb lassen sich weder Codes noch Daten prüfen. Bitte das Gerät mit dem Netz verbinden (es holt sich die Zeit) und noch einmal versuchen.',
  personOnly: 'Das darf ein Programm mit seinem Token nicht: Jemand muss sich anmelden.',
  noSuchUser: ({ name }) => `Es gibt keinen Benutzer ${name}.`,
  extensionNeeded:
    'Ein Mitglied oder Moderator braucht eine Nebenstelle: Sie sagt, wessen Gespräche es sind und wer mithört. Geben Sie eine an.',
  noSuchToken: ({ id }) => `Es gibt kein Token ${id}.`,
  lastAdmin: 'Das ist der letzte Admin des Geräts. Bitte zuerst jemand anderen zum Admin machen.',
  tooManyUsers: ({ most }) => `Es gibt ${most} Benutzer, mehr sind nicht möglich. Bitte zuerst einen entfernen.`,
  tooManyTokens: ({ most }) =>
    `Es gibt ${most} Tokens, mehr sind nicht möglich. Bitte zuerst eines widerrufen, das nicht mehr gebraucht wird.`,
  rolesTooMany: ({ owner }) =>
    `Ein Token kann nur Rollen haben, die sein Besitzer hat. Bitte unter denen von ${owner} wählen.`,
  usersBroken:
    'Die Liste der Benutzer ist nicht lesbar, deshalb kann sich niemand damit anmelden. Mit dem Einmalcode im Protokoll wird ein Admin neu eingerichtet; die beschädigte Datei wird beiseitegelegt.',
  certificate: {
    unreadable: 'Das ist kein Zertifikat im PEM-Format (-----BEGIN CERTIFICATE-----).',
    keyUnreadable: 'Das ist kein privater Schlüssel im PEM-Format ohne Passphrase (-----BEGIN PRIVATE KEY-----).',
    weakKey: 'Der Schlüssel ist zu schwach: RSA ab 2048 Bit oder ECDSA P-256, P-384 oder P-521.',
    keyMismatch: 'Der private Schlüssel gehört nicht zum Zertifikat des Geräts (dem ersten in der Datei).',
    chainOrder: ({ position }) =>
      `Zertifikat ${position} hat das davor nicht ausgestellt. Zuerst steht das Zertifikat des Geräts, dann das seines Ausstellers und so weiter.`,
    expired: ({ position, until }) => `Zertifikat ${position} ist abgelaufen (${until}).`,
    notYetValid: ({ position, from }) => `Zertifikat ${position} ist noch nicht gültig (erst ab ${from}).`,
    isAuthority:
      'Das erste Zertifikat ist das einer Zertifizierungsstelle. Zuerst muss das Zertifikat des Geräts stehen.',
    tooLong: ({ most }) => `In der Datei stehen mehr als ${most} Zertifikate.`,
  },
};
