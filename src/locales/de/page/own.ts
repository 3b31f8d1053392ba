import type { own as english } from '../../en/page/own.js';
import type { Translation } from '../../tree.js';
import { access } from '../access.js';

/** The place My page. */
export const own: Translation<typeof english> = {
  name: 'Benutzername',
  roles: 'Rollen',
  roleIs: {
    admin: 'Admin',
    moderator: 'Moderator',
    member: 'Mitglied',
    council: 'Betriebsrat',
    read: 'nur Lesen',
  },
  extension: 'Nebenstelle',
  record: 'Wer bei mir mitgehört hat',
  recordAbout:
    'Bei welchen Gesprächen Ihrer Nebenstelle jemand mitgehört hat, aus dem Prüfprotokoll, spätestens eine Minute nachdem es vorbei war. Hatte die Nebenstelle vor Ihnen jemand anderes, stehen dessen Gespräche auch hier.',
  recordEmpty: 'Niemand hat bei einem Gespräch von Ihnen mitgehört.',
  when: 'Wann',
  moderator: 'Wer',
  modes: 'Wie',
  howLong: 'Wie lange',
  purpose: 'Wozu',
  wished: { member: 'Hilfe, um die Sie gebeten haben', other: 'Hilfe, um die die Gegenseite gebeten hat' },
  notice: 'Hinweis für Sie',
  notHeard: '(nicht gehört, und Sie wurden es auch nicht)',
  ended: 'Warum es endete',
  earlier: 'Früher',
  password: 'Passwort',
  nameUnusable: access.nameUnusable,
  passwordFault: access.password,
  present: 'Jetziges Passwort',
  change: 'Passwort ändern',
  secondFactor: 'Zweiter Faktor',
  secondFactorAbout:
    'Mit einer Authenticator-App kommt niemand hinein, der nur Ihr Passwort kennt. Haben Sie schon eine, ersetzt die neue sie.',
  isSetUp: ({ left }) =>
    `Er ist eingerichtet: Bei der Anmeldung wird ein Code verlangt. Es ${left === 1 ? 'ist noch ein Wiederherstellungscode' : `sind noch ${left} Wiederherstellungscodes`} übrig.`,
  isNotSetUp: 'Er ist nicht eingerichtet: Ihr Passwort allein lässt hinein.',
  begin: 'App einrichten',
  toApp:
    'Scannen Sie das Bild mit der App, oder geben Sie ihr das Geheimnis darunter, und dann hier den Code ein, den sie zeigt. Auf einem Smartphone: das Geheimnis antippen.',
  qrCode: 'Das Geheimnis als QR-Code',
  confirm: 'Bestätigen',
  recoveryAbout:
    'Sie ist eingerichtet. Bewahren Sie diese Wiederherstellungscodes auf: Jeder lässt Sie einmal ohne die App hinein. Sie werden nur jetzt gezeigt.',
  remove: 'Zweiten Faktor entfernen',
  removeAbout: 'Danach kommt hinein, wer Ihr Passwort kennt. Die Wiederherstellungscodes gelten nicht mehr.',
  removed: 'Der zweite Faktor ist entfernt.',
};
