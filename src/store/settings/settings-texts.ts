import type { Language } from '../../primitives/language.js';
import { type FaultWords, says, type Wording } from '../files/file-faults.js';
import { jsonWordings } from '../files/json-faults.js';

const en = {
  ...jsonWordings.en,
  version: says('is no version of a settings file', 'Write "version": 1.'),
  newerVersion: (detail) => ({
    reason: `was written by a newer Modcall; this one knows versions up to ${detail}`,
    remedy: 'Install the newer Modcall again, or restore the settings that belong to this one.',
  }),
  language: says('is not a language of Modcall', 'Write "de" or "en".'),
  country: says('is no country that Modcall knows', 'Write "de", "us" or "gb": it decides the emergency numbers.'),
  ipAddress: says('is no IP address', 'Write an address such as "192.168.1.10".'),
  ipv4Address: says(
    'is no IPv4 address; this version takes calls over IPv4 only',
    'Write an address of this machine such as "192.168.1.10"; "0.0.0.0" listens on every one.',
  ),
  host: says('is no host name and no IP address', 'Write a name such as "sip.example.com", or an address.'),
  port: says('is not a port number', 'Write a whole number from 1 to 65535 without quotes; SIP uses 5060.'),
  transport: says('names no transport of Modcall', 'Write at least one of "udp" and "tcp".'),
  realm: says('is no realm', 'Write 1 to 64 ASCII characters without quotes and backslashes, such as "modcall".'),
  digest: says('names no digest algorithm of Modcall', 'Write at least one of "SHA-256" and "MD5".'),
  name: says('is no name', 'Write 1 to 64 characters, without quotes, angle brackets and backslashes inside.'),
  id: says(
    'is no identifier',
    'Write lowercase letters, digits and hyphens, a letter first, 32 at most, such as "support".',
  ),
  extensionNumber: says('is no extension number', 'Write 2 to 8 digits in quotes, such as "101".'),
  password: says('is no usable password', 'Write 12 to 128 characters in quotes.'),
  pin: says('is not the hash of a PIN', 'Write null here and set the PIN with: modcall pin set EXTENSION'),
  dialable: says('is no internal number', 'Write 2 to 8 characters of 0-9, * and #, in quotes, such as "*55".'),
  prefix: says('is no dialling prefix', 'Write up to 8 characters of 0-9, * and #, in quotes; "" takes every number.'),
  trunkKind: says(
    'is no kind of trunk',
    'Write "registering" (user name and password), "address" (list of addresses) or "analog" (a port of the board).',
  ),
  analogPort: says(
    'is not a port of a board',
    'Write its name as the board file has it under "lines", such as "handset".',
  ),
  onLift: says(
    'does not say what lifting the handset does',
    'Write { "kind": "dialTone" } or { "kind": "call", "number": "*55" }.',
  ),
  username: says('is no user name', 'Write 1 to 128 ASCII characters without spaces, as the provider gave it.'),
  trunkPassword: says('is no password', 'Write 1 to 128 characters, as the provider gave it.'),
  inbound: says('does not say who is to ring', 'Write { "extension": "100" } or { "group": "support" }.'),
  outsideNumber: says('is no telephone number', 'Write 1 to 20 digits in quotes, with a + in front if need be.'),
  excludedNumber: says(
    'is no number that can be excluded',
    'Write 3 to 20 digits in quotes, with a + in front if need be.',
  ),
  intervention: says(
    'is not something a moderator can do',
    'Write any of "whisper", "barge" and "takeOver"; listening goes without.',
  ),
  notice: says(
    'is no kind of notice',
    'Write { "kind": … } with "none", "toneAtStart", "toneEvery" or "announcement".',
  ),
  noticeSeconds: says('is no time between notice tones', 'Write 5 to 300 (seconds), without quotes.'),
  weekday: says('names no weekday', 'Write at least one of "mon", "tue", "wed", "thu", "fri", "sat", "sun".'),
  clockTime: says('is no time of day', 'Write hours and minutes, such as "08:00"; a window may end at "24:00".'),
  windowOrder: (detail) => ({
    reason: `is not after the beginning, ${detail}`,
    remedy: 'Let the window end later on the same day; for a night write two windows, up to "24:00" and from "00:00".',
  }),
  quota: says('is not a quota', 'Write how many calls may be monitored per member and month, or null for no limit.'),
  ringSeconds: says('is no ringing time', 'Write 5 to 180 (seconds), without quotes.'),
  perCall: says('is no number of moderators in one call', 'Write 1 to 16, without quotes.'),
  total: says('is no number of monitors for the whole box', 'Write 1 to 330, without quotes.'),
  privacyMinutes: says(
    'is no time for the privacy button',
    'Write 1 to 1440 (minutes), or null for that of the board.',
  ),
  logLevel: says('is not a log level', 'Write "trace", "debug", "info", "warn", "error" or "fatal".'),
  unknownKey: (suggestion) => ({
    reason: 'is no setting',
    remedy: suggestion === '' ? 'Remove it.' : `Did you mean "${suggestion}"? Otherwise remove it.`,
  }),
  duplicate: (other) => ({
    reason: `is the same as ${other}`,
    remedy: 'Remove one of the two, or give it a value of its own.',
  }),
  unknownExtension: says('is no extension', 'Add the extension under "extensions", or correct the number.'),
  unknownGroup: says('is no group', 'Add the group under "groups", or correct the identifier.'),
  unknownTrunk: says('is no trunk', 'Add the trunk under "trunks", or correct the identifier.'),
  emergencyClash: (number) => ({
    reason: `would catch the emergency number ${number}`,
    remedy: 'Choose another number: emergency numbers always go out.',
  }),
  prefixClash: (prefix) => ({
    reason: `begins with the prefix of a trunk, "${prefix}", and would catch outside numbers`,
    remedy: 'Choose another number, or another prefix for the trunk.',
  }),
  samePin: (other) => ({
    reason: `is the same PIN as ${other}; a PIN says who the moderator is`,
    remedy: 'Set another PIN for one of the two with: modcall pin set EXTENSION',
  }),
  foreignPin: (other) => ({
    reason: `was made on another box than ${other}`,
    remedy: 'Write null here and set the PIN with: modcall pin set EXTENSION',
  }),
} satisfies Record<string, Wording>;

export type FaultName = keyof typeof en;

const de: Record<FaultName, Wording> = {
  ...jsonWordings.de,
  version: says('ist keine Version einer Einstellungsdatei', 'Schreiben Sie "version": 1.'),
  newerVersion: (detail) => ({
    reason: `stammt von einem neueren Modcall; dieses kennt Versionen bis ${detail}`,
    remedy: 'Installieren Sie das neuere Modcall wieder, oder stellen Sie die Einstellungen zu diesem wieder her.',
  }),
  language: says('ist keine Sprache von Modcall', 'Schreiben Sie "de" oder "en".'),
  country: says(
    'ist kein Land, das Modcall kennt',
    'Schreiben Sie "de", "us" oder "gb": Danach richten sich die Notrufnummern.',
  ),
  ipAddress: says('ist keine IP-Adresse', 'Schreiben Sie eine Adresse wie "192.168.1.10".'),
  ipv4Address: says(
    'ist keine IPv4-Adresse; diese Version nimmt Anrufe nur über IPv4 an',
    'Schreiben Sie eine Adresse dieses Geräts wie "192.168.1.10"; "0.0.0.0" steht für alle.',
  ),
  host: says(
    'ist weder Rechnername noch IP-Adresse',
    'Schreiben Sie einen Namen wie "sip.example.com" oder eine Adresse.',
  ),
  port: says(
    'ist kein Port',
    'Schreiben Sie eine ganze Zahl von 1 bis 65535 ohne Anführungszeichen; für SIP üblich ist 5060.',
  ),
  transport: says('nennt kein Transportprotokoll von Modcall', 'Schreiben Sie mindestens eines von "udp" und "tcp".'),
  realm: says(
    'ist kein Realm',
    'Schreiben Sie 1 bis 64 ASCII-Zeichen ohne Anführungszeichen und Rückstriche, etwa "modcall".',
  ),
  digest: says('nennt kein Digest-Verfahren von Modcall', 'Schreiben Sie mindestens eines von "SHA-256" und "MD5".'),
  name: says(
    'ist kein Name',
    'Schreiben Sie 1 bis 64 Zeichen, darin keine Anführungszeichen, spitzen Klammern und Rückstriche.',
  ),
  id: says(
    'ist kein Kurzname',
    'Schreiben Sie bis zu 32 Kleinbuchstaben, Ziffern und Bindestriche, zuerst einen Buchstaben: "support".',
  ),
  extensionNumber: says(
    'ist keine Nebenstellennummer',
    'Schreiben Sie 2 bis 8 Ziffern in Anführungszeichen, etwa "101".',
  ),
  password: says('ist kein brauchbares Passwort', 'Schreiben Sie 12 bis 128 Zeichen in Anführungszeichen.'),
  pin: says(
    'ist nicht der Hash einer PIN',
    'Schreiben Sie hier null und setzen Sie die PIN mit: modcall pin set NEBENSTELLE',
  ),
  dialable: says(
    'ist keine interne Rufnummer',
    'Schreiben Sie 2 bis 8 Zeichen aus 0-9, * und # in Anführungszeichen, etwa "*55".',
  ),
  prefix: says(
    'ist keine Amtskennziffer',
    'Schreiben Sie bis zu 8 Zeichen aus 0-9, * und # in Anführungszeichen; "" nimmt jede Nummer.',
  ),
  trunkKind: says(
    'ist keine Art von Anschluss',
    'Schreiben Sie "registering" (Benutzer und Passwort), "address" (Liste von Adressen) oder "analog" (Port der Platine).',
  ),
  analogPort: says(
    'ist kein Port einer Platine',
    'Schreiben Sie den Namen, den er in der Platinendatei unter "lines" hat, etwa "handset".',
  ),
  onLift: says(
    'sagt nicht, was das Abheben bewirkt',
    'Schreiben Sie { "kind": "dialTone" } oder { "kind": "call", "number": "*55" }.',
  ),
  username: says(
    'ist kein Benutzername',
    'Schreiben Sie 1 bis 128 ASCII-Zeichen ohne Leerzeichen, wie vom Anbieter genannt.',
  ),
  trunkPassword: says('ist kein Passwort', 'Schreiben Sie 1 bis 128 Zeichen, wie vom Anbieter genannt.'),
  inbound: says('sagt nicht, wo es klingelt', 'Schreiben Sie { "extension": "100" } oder { "group": "support" }.'),
  outsideNumber: says(
    'ist keine Rufnummer',
    'Schreiben Sie 1 bis 20 Ziffern in Anführungszeichen, davor gegebenenfalls ein +.',
  ),
  excludedNumber: says(
    'lässt sich nicht ausschließen',
    'Schreiben Sie 3 bis 20 Ziffern in Anführungszeichen, davor gegebenenfalls ein +.',
  ),
  intervention: says(
    'kann ein Moderator nicht tun',
    'Schreiben Sie "whisper", "barge" oder "takeOver"; Mithören geht ohnehin.',
  ),
  notice: says(
    'ist keine Art von Hinweis',
    'Schreiben Sie { "kind": … } mit "none", "toneAtStart", "toneEvery" oder "announcement".',
  ),
  noticeSeconds: says(
    'ist kein Abstand von Hinweistönen',
    'Schreiben Sie 5 bis 300 (Sekunden), ohne Anführungszeichen.',
  ),
  weekday: says(
    'nennt keinen Wochentag',
    'Schreiben Sie mindestens einen von "mon", "tue", "wed", "thu", "fri", "sat", "sun".',
  ),
  clockTime: says(
    'ist keine Uhrzeit',
    'Schreiben Sie Stunden und Minuten, etwa "08:00"; ein Zeitfenster darf um "24:00" enden.',
  ),
  windowOrder: (detail) => ({
    reason: `liegt nicht nach dem Anfang, ${detail}`,
    remedy:
      'Lassen Sie das Fenster am selben Tag später enden; für eine Nacht zwei Fenster: bis "24:00" und ab "00:00".',
  }),
  quota: says(
    'ist kein Kontingent',
    'Schreiben Sie, wie viele Gespräche je Mitglied und Monat zulässig sind, oder null für beliebig viele.',
  ),
  ringSeconds: says('ist keine Klingeldauer', 'Schreiben Sie 5 bis 180 (Sekunden), ohne Anführungszeichen.'),
  perCall: says('ist keine Zahl von Moderatoren in einem Gespräch', 'Schreiben Sie 1 bis 16, ohne Anführungszeichen.'),
  total: says('ist keine Zahl gleichzeitiger Mithörer der Anlage', 'Schreiben Sie 1 bis 330, ohne Anführungszeichen.'),
  privacyMinutes: says(
    'ist keine Zeit für den Ruhetaster',
    'Schreiben Sie 1 bis 1440 (Minuten), oder null für die der Platine.',
  ),
  logLevel: says('ist keine Protokollstufe', 'Schreiben Sie "trace", "debug", "info", "warn", "error" oder "fatal".'),
  unknownKey: (suggestion) => ({
    reason: 'ist keine Einstellung',
    remedy: suggestion === '' ? 'Entfernen Sie sie.' : `Meinten Sie "${suggestion}"? Sonst entfernen Sie sie.`,
  }),
  duplicate: (other) => ({
    reason: `ist dasselbe wie ${other}`,
    remedy: 'Entfernen Sie eines von beiden, oder geben Sie ihm einen eigenen Wert.',
  }),
  unknownExtension: says(
    'ist keine Nebenstelle',
    'Ergänzen Sie die Nebenstelle unter "extensions", oder berichtigen Sie die Nummer.',
  ),
  unknownGroup: says('ist keine Gruppe', 'Ergänzen Sie die Gruppe unter "groups", oder berichtigen Sie den Kurznamen.'),
  unknownTrunk: says(
    'ist kein Anschluss',
    'Ergänzen Sie den Anschluss unter "trunks", oder berichtigen Sie den Kurznamen.',
  ),
  emergencyClash: (number) => ({
    reason: `würde die Notrufnummer ${number} abfangen`,
    remedy: 'Wählen Sie eine andere Nummer: Notrufe gehen immer hinaus.',
  }),
  prefixClash: (prefix) => ({
    reason: `beginnt mit der Kennziffer eines Anschlusses, "${prefix}", und würde Nummern nach außen abfangen`,
    remedy: 'Wählen Sie eine andere Nummer, oder eine andere Kennziffer für den Anschluss.',
  }),
  samePin: (other) => ({
    reason: `ist dieselbe PIN wie ${other}; an der PIN wird der Moderator erkannt`,
    remedy: 'Setzen Sie für eine der beiden Nebenstellen eine andere mit: modcall pin set NEBENSTELLE',
  }),
  foreignPin: (other) => ({
    reason: `stammt von einer anderen Anlage als ${other}`,
    remedy: 'Schreiben Sie hier null und setzen Sie die PIN mit: modcall pin set NEBENSTELLE',
  }),
};

const wordings: Record<Language, Record<FaultName, Wording>> = { de, en };

const countText = (count: number, one: string, more: string): string => (count === 1 ? one : `${count} ${more}`);

/** The words for the faults of a settings file. */
export const settingsWords: Record<Language, FaultWords<FaultName>> = {
  de: {
    heading: (file, count) =>
      `Die Einstellungen in ${file} sind nicht gültig (${countText(count, 'ein Fehler', 'Fehler')}).`,
    fault: (name, detail) => wordings.de[name](detail),
  },
  en: {
    heading: (file, count) => `The settings in ${file} are not valid (${countText(count, 'one mistake', 'mistakes')}).`,
    fault: (name, detail) => wordings.en[name](detail),
  },
};

export function isFaultName(text: string): text is FaultName {
  return Object.hasOwn(en, text);
}
