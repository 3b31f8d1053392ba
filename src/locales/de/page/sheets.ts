import type { sheets as english } from '../../en/page/sheets.js';
import type { Translation } from '../../tree.js';

export const sheets: Translation<typeof english> = {
  title: 'Bögen',
  about: ({ talkDays, keepDays, blockDays }) =>
    `Laut Betriebsvereinbarung darf ein Moderator nach dem Mithören einen Bogen ausfüllen. Nur er, das Mitglied und wen das Mitglied um eine Zweitmeinung bittet, sehen ihn, kein Admin und kein Betriebsrat. Beide sagen innerhalb von ${talkDays} Tagen, dass sie ihn besprochen haben; sonst wird er gelöscht, und ein Moderator, der ihn nicht besprochen hat, darf bei dem Mitglied ${blockDays} Tage lang nicht mithören. Nach ${keepDays} Tagen wird er in jedem Fall gelöscht.`,
  none: 'Es gibt keinen Bogen, der Sie betrifft.',
  open: 'Öffnen',
  close: 'Schließen',
  sheetAbout: ({ member, ended }) => `Bogen über ${member}, Gespräch bis ${ended}`,
  mine: ({ moderator, ended }) => `Bogen von ${moderator} über Sie, Gespräch bis ${ended}`,
  wanted: ({ member, ended }) => `${member} bittet um Ihre Zweitmeinung, Gespräch bis ${ended}`,
  possible: 'Gespräche, bei denen Sie mitgehört haben',
  possibleCall: ({ member, ended }) => `${member}, bis ${ended}`,
  fill: 'Bogen ausfüllen',
  fillAbout: ({ member, ended }) => `Bogen ausfüllen: ${member}, Gespräch bis ${ended}`,
  make: 'Bogen abgeben',
  made: 'Der Bogen ist da, und das Mitglied sieht ihn. Besprechen Sie ihn bald.',
  makeAbout: 'Das Mitglied sieht ihn sofort. Ändern lässt er sich nicht mehr.',
  answer: {
    yes: 'ja',
    no: 'nein',
    least: '1 (gar nicht)',
    most: '5 (völlig)',
    open: 'kann ich nicht sagen',
  },
  item: 'Gefragt war',
  answered: 'Antwort',
  secondAnswer: 'Zweitmeinung',
  purpose: 'Zweck',
  talk: 'Besprechung',
  talkOpen: ({ until }) => `Noch nicht besprochen. Ist er das bis ${until} nicht, wird der Bogen gelöscht.`,
  talkNoted: ({ until }) =>
    `Der Moderator sagt, dass Sie ihn besprochen haben. Bestätigt das Mitglied das nicht bis ${until}, wird der Bogen gelöscht.`,
  talkWord: ({ until }) =>
    `Das Mitglied sagt, dass Sie ihn besprochen haben. Hält der Moderator das nicht bis ${until} fest, wird der Bogen gelöscht.`,
  talkDenied: ({ until }) =>
    `Das Mitglied sagt, dass Sie ihn nicht besprochen haben. Ändert sich das nicht bis ${until}, wird der Bogen gelöscht und der Moderator gesperrt.`,
  talkHeld: 'Beide sagen, dass Sie ihn besprochen haben.',
  weTalked: 'Wir haben ihn besprochen',
  weDidNot: 'Wir haben ihn nicht besprochen',
  deleted: 'Gelöscht am',
  comment: 'Anmerkung',
  commentOf: 'Anmerkung des Mitglieds',
  objection: 'Widerspruch',
  objectionOf: 'Widerspruch des Mitglieds',
  objectionHint: 'Was aus Ihrer Sicht nicht stimmt. Er bleibt beim Bogen, solange es den gibt.',
  keep: 'Speichern',
  kept: 'Es ist gespeichert.',
  second: 'Zweitmeinung',
  secondAbout:
    'Wen Sie bitten, sieht diesen Bogen mit dem, was Sie geschrieben haben, und füllt einen eigenen aus. Bitten können Sie einmal.',
  secondOf: ({ name }) => `${name} wurde gebeten.`,
  askSecond: 'Darum bitten',
  asked: 'Um die Zweitmeinung ist gebeten.',
  giveSecond: 'Zweitmeinung abgeben',
  given: 'Die Zweitmeinung ist abgegeben.',
  youAreBlocked: ({ member, until }) =>
    `Bis ${until} dürfen Sie bei ${member} nicht mithören: Ein Bogen wurde nicht besprochen.`,
  isBlocked: ({ moderator, until }) =>
    `Bis ${until} darf ${moderator} bei Ihnen nicht mithören: Ein Bogen wurde nicht besprochen.`,
};
