import type { phones as english } from '../../en/page/phones.js';
import type { Translation } from '../../tree.js';

/** The place Lines, Phones of the page. */
export const phones: Translation<typeof english> = {
  phones: 'Telefone',
  about:
    'Diese Telefone richtet das Gerät ein: wer sie sind, wie sie das Gerät erreichen, ihre Tasten. Jedes holt sich das von einer eigenen Adresse, die man ihm einmal eingibt. Wird daran etwas geändert, wird dem Telefon gesagt, dass es sich das neu holen soll; ein ausgeschaltetes tut es, wenn es startet.',
  empty:
    'Noch richtet das Gerät kein Telefon ein. Telefone, in die Sie Nummer und Passwort selbst getippt haben, stehen nicht hier, sondern unter „Personen“ bei ihrer Nebenstelle, sobald sie angemeldet sind.',
  phone: 'Telefon',
  new: 'Neues Telefon',
  import: 'Telefone einlesen',
  importAbout:
    'Eine Tabelle mit den Spalten mac, model, extension und name; mehrere Nebenstellen mit Leerzeichen dazwischen. Modelle: yealink, snom, grandstream, grandstream-ht, cisco-ata, linphone. Vorhandene Telefone werden geändert, andere kommen hinzu und bekommen eine Adresse.',
  saved: ({ phone }) => `${phone} ist gespeichert.`,
  model: 'Modell',
  modelIs: {
    yealink: 'Yealink T3x, T4x, T5x',
    snom: 'Snom D7xx',
    grandstream: 'Grandstream GRP, GXP',
    'grandstream-ht': 'Grandstream HT80x, HT813 (Adapter)',
    'cisco-ata': 'Cisco ATA 191, 192 (Adapter)',
    linphone: 'Linphone (App)',
  },
  mac: 'MAC-Adresse',
  macHint: 'Sie steht auf dem Aufkleber des Telefons.',
  appName: 'Name der App',
  appNameHint: 'Kleinbuchstaben, Ziffern und Bindestriche, etwa anna.',
  lines: 'Nebenstellen',
  line: ({ number }) => `Leitung ${number}`,
  addLine: 'Weitere Leitung',
  removeLine: ({ number }) => `Leitung ${number} entfernen`,
  name: 'Anzeige auf dem Telefon',
  nameHint: 'Leer: die Namen seiner Nebenstellen.',
  onLiftHint:
    'Eine Servicenummer macht das erste Telefon am Adapter zum Hörer eines Moderators: Drei Sekunden nach dem Abheben ruft es sie an, wenn nichts anderes gewählt wird. Leer: Wählton.',
  buttons: 'Tasten',
  buttonsHint: 'Sie folgen auf seine Leitungen, in dieser Reihenfolge.',
  button: ({ number }) => `Taste ${number}`,
  addButton: 'Weitere Taste',
  removeButton: ({ number }) => `Taste ${number} entfernen`,
  does: 'Was sie tut',
  kindIs: {
    blf: 'Zeigt und ruft eine Nebenstelle',
    speedDial: 'Ruft eine Nummer an',
    monitoring: 'Mithören: ruft die Servicenummer eines Profils an',
    listening: 'Zeigt, dass jemand eigene Gespräche mithören möchte oder mithört, und lässt ein',
  },
  profile: 'Profil zum Mithören',
  noProfile: 'Es gibt noch kein Profil.',
  number: 'Nummer',
  label: 'Text neben der Taste',
  standing: {
    revoked: 'gesperrt',
    never: 'hat noch nichts geholt',
    outdated: 'hat eine ältere Einrichtung',
    registered: 'angemeldet',
    fetched: 'nicht angemeldet',
  },
  fetched: ({ moment, address }) => ` geholt ${moment}, von ${address}`,
  guesses: ({ count }) =>
    `${count === 1 ? 'Eine Anfrage' : `${count} Anfragen`} mit falschem Geheimnis, seit das Gerät gestartet wurde.`,
  remove: 'Entfernen',
  revoke: 'Sperren',
  renew: 'Neue Adresse',
  callIn: 'Jetzt holen',
  orderAbout: {
    remove: 'Es holt nichts mehr, behält aber, was es hat. Seine Nebenstelle bleibt.',
    revoke:
      'Seine Adresse ist ab jetzt wertlos. Was das Telefon schon hat, behält es: Ist es verloren, ändern Sie auch das Passwort seiner Nebenstelle.',
    renew: 'Seine bisherige Adresse ist ab jetzt wertlos. Die neue muss am Telefon eingegeben werden.',
    callIn:
      'Dem Telefon wird gesagt, dass es seine Einrichtung jetzt holen soll. Manche Telefone warten damit, bis niemand mehr an ihnen spricht.',
  },
  done: {
    remove: ({ phone }) => `${phone} ist entfernt.`,
    revoke: ({ phone }) => `Die Adresse von ${phone} ist gesperrt.`,
    renew: ({ phone }) => `${phone} hat eine neue Adresse.`,
    callIn: ({ phone }) => `${phone} hat zugestimmt, seine Einrichtung zu holen.`,
  },
  addresses: 'Adressen der Telefone',
  saveAddresses: 'Als Tabelle speichern',
  addressAbout:
    'Sie wird nur dieses eine Mal gezeigt. Wer sie hat, bekommt das Passwort der Nebenstelle: Behandeln Sie sie wie eines. Ist sie verloren, machen Sie eine neue.',
  address: 'Adresse',
  addressInClear: 'Adresse ohne Verschlüsselung',
  typeAt: {
    yealink:
      'Geben Sie sie auf der Seite des Telefons ein: Settings, Auto Provision, Server URL. Oder teilen Sie sie ihm per DHCP mit, Option 66.',
    snom: 'Geben Sie sie auf der Seite des Telefons ein: Erweitert, Update, Setting URL. Oder teilen Sie sie ihm per DHCP mit, Option 66.',
    grandstream:
      'Geben Sie sie auf der Seite des Telefons ein: Maintenance, Upgrade, Config Server Path. Oder teilen Sie sie ihm per DHCP mit, Option 66.',
    'grandstream-ht':
      'Geben Sie sie auf der Seite des Adapters ein: Advanced Settings, Config Server Path. Oder teilen Sie sie ihm per DHCP mit, Option 66.',
    'cisco-ata': 'Geben Sie sie auf der Seite des Adapters ein: Voice, Provisioning, Profile Rule.',
    linphone:
      'Lassen Sie Linphone die Einrichtung aus der Ferne abrufen (Remote Provisioning), und scannen Sie den Code oder geben Sie die Adresse ein.',
  },
  trust:
    'Die meisten Telefone vertrauen keinem Zertifikat, das ein Gerät sich selbst ausgestellt hat: Installieren Sie eines, das sie kennen (Gerät, Netzwerk), oder schalten Sie dort die Prüfung ab.',
  qrCode: 'Die Adresse als QR-Code',
  inClear: 'Telefone dürfen ihre Einrichtung unverschlüsselt holen',
  inClearHint:
    'Für Telefone, die dem Zertifikat des Geräts nicht vertrauen. Ihre Passwörter kann dann lesen, wer im Netz lauscht. Es braucht einen Port für einfaches HTTP (Gerät, Netzwerk).',
};
