import type { request as english } from '../en/request.js';
import type { Translation } from '../tree.js';

export const request: Translation<typeof english> = {
  badTarget: 'Die Adresse der Anfrage ist ungültig. Nehmen Sie eine aus der Beschreibung der API.',
  badJson: ({ reason }) => `Der Inhalt ist kein JSON: ${reason}.`,
  badVersion: 'If-Match muss eine Version in Anführungszeichen nennen, etwa "12", oder * für die jeweils vorhandene.',
  bodyCut: 'Der Inhalt brach ab, bevor er vollständig war. Senden Sie ihn noch einmal.',
  fieldTwice: ({ field }) => `„${field}“ ist mehr als einmal angegeben. Geben Sie es einmal an.`,
  tooDeep: ({ limit }) => `Der Inhalt ist zu tief verschachtelt; erlaubt sind ${limit} Ebenen.`,
  tooMuch: ({ limit }) => `Der Inhalt hat zu viele Werte; erlaubt sind ${limit}. Senden Sie weniger auf einmal.`,
  notSignedIn: 'Melden Sie sich zuerst an, oder senden Sie ein gültiges Token.',
  wrongOneTimeCode:
    'Das ist nicht der Einmalcode des Geräts, oder nicht mehr. Sehen Sie noch einmal nach: Jeder Start macht einen neuen.',
  wrongLogin: 'Name, Passwort oder Code stimmt nicht. Versuchen Sie es noch einmal.',
  secondFactorNeeded: 'Geben Sie auch den Code aus der Authenticator-App an.',
  notPermitted: ({ roles }) => `Sie dürfen das nicht. Dafür braucht es eine dieser Rollen: ${roles}.`,
  foreignOrigin:
    'Die Anfrage kommt nicht erkennbar von der Seite des Geräts selbst. Öffnen Sie diese und versuchen Sie es noch einmal; ein Programm sendet ein Token, oder zu seiner Sitzung die Kopfzeile X-Modcall.',
  httpsNeeded: 'Das Gerät spricht nur HTTPS. Nehmen Sie eine Adresse, die mit https:// beginnt.',
  notFound: 'Unter dieser Adresse gibt es nichts.',
  methodNotAllowed: ({ method, allowed }) => `Diese Adresse kennt die Methode ${method} nicht. Sie kennt ${allowed}.`,
  notAcceptable: ({ type }) => `Die Antwort wäre vom Typ ${type}, den die Anfrage nicht annimmt.`,
  versionChanged: ({ version }) =>
    `Jemand anderes hat inzwischen etwas geändert; es ist jetzt Version ${version}. Sehen Sie sich die Änderungen an und wiederholen Sie Ihre.`,
  tooLarge: ({ limit }) => `Der Inhalt ist zu groß; erlaubt sind ${limit} Byte.`,
  notBytes: ({ type }) => `Der Inhalt muss eine Datei sein, mit dem Inhaltstyp ${type}.`,
  notJson: 'Der Inhalt muss JSON sein, mit dem Content-Type application/json.',
  encoded: 'Der Inhalt darf nicht komprimiert sein.',
  wrongHost: ({ host }) =>
    `Das Gerät heißt nicht „${host}“. Nehmen Sie seine IP-Adresse oder den Rechnernamen seines Systems, oder lassen Sie den Namen als web.names in die Einstellungen eintragen.`,
  invalidInput: 'Die Eingabe ist nicht gültig. Sehen Sie nach, was daran falsch ist.',
  versionNeeded:
    'Sagen Sie, welche Version Sie ändern: Senden Sie ihr ETag als If-Match, oder * für die jeweils vorhandene.',
  tooManyAttempts: ({ seconds }) =>
    `Zu viele Fehlversuche. Warten Sie ${seconds} Sekunden und versuchen Sie es noch einmal.`,
  diskFails: ({ reason }) =>
    `Das wurde nicht getan: Der Datenträger des Geräts lässt es nicht zu (${reason}). Schaffen Sie Platz im Datenordner, oder ersetzen Sie eine Speicherkarte, die sich nur noch lesen lässt, und versuchen Sie es noch einmal.`,
  internal: 'Im Gerät ist etwas schiefgegangen. Im Protokoll steht, was.',
  tooManyStreams:
    'Es beobachten schon zu viele Fenster und Programme das Gerät. Schließen Sie einige, oder versuchen Sie es später noch einmal.',
  stopping: 'Das Gerät wird beendet oder neu gestartet. Versuchen Sie es gleich noch einmal.',
  clockNotSet:
    'Die Uhr des Geräts ist nicht gestellt, deshalb lässt sich kein Code der Authenticator-App prüfen. Nehmen Sie einen Wiederherstellungscode, oder verbinden Sie das Gerät mit dem Netz.',
};
