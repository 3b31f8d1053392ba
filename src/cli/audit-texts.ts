import type { ClockDoubt, EndReason, Mode, RecordedFact, RecordProblem, RefusalReason } from '../admin/audit.js';
import type { Language } from '../admin/speaking.js';

type FactName = RecordedFact['type'];
type NamesIn<Fact> = Fact extends unknown ? keyof Fact : never;
type DetailName = Exclude<NamesIn<RecordedFact>, 'type'>;
/** Values that are names of something; numbers and texts are shown as they stand. */
type ValueName = RefusalReason | EndReason | Mode | RecordProblem;

interface Words {
  readonly facts: Readonly<Record<FactName, string>>;
  readonly details: Readonly<Record<DetailName, string>>;
  readonly values: Readonly<Record<ValueName, string>>;
  readonly notices: Readonly<Record<string, string>>;
  readonly clock: Readonly<Record<ClockDoubt, string>>;
  readonly yesOrNo: (yes: boolean) => string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    facts: {
      boxStarted: 'Modcall started',
      boxStopped: 'Modcall stopped',
      adminPasswordReset: 'the button was held to reset the admin password',
      tornTail: 'an entry torn by a power cut was set aside',
      recordResumed: 'the record can be written again',
      recordDamaged: 'the record was found damaged',
      attempt: 'someone asked to monitor',
      identified: 'a moderator was identified',
      refused: 'refused',
      started: 'monitoring started',
      told: 'one of the two was told of it',
      modeChanged: 'mode changed',
      takingOver: 'a moderator takes over the call',
      followChanged: 'following changed',
      ended: 'monitoring ended',
      dialogueEnded: 'the dialogue ended',
    },
    details: {
      session: 'session',
      profile: 'profile',
      caller: 'caller',
      moderator: 'moderator',
      member: 'member',
      reason: 'reason',
      noticeMember: 'notice to the member',
      noticeOther: 'notice to the other party',
      party: 'who',
      notice: 'notice',
      mode: 'mode',
      follow: 'follows',
      seconds: 'seconds',
      call: 'call',
      other: 'other party',
      version: 'version',
      key: 'key of the box',
      file: 'file',
      bytes: 'bytes',
      problem: 'problem',
      hadPassword: 'there was a password',
      since: 'since',
      late: 'entries written late',
      lost: 'entries lost',
    },
    values: {
      recordUnavailable: 'the audit record cannot be written',
      settingsLost: 'the settings of the box cannot be used',
      endedByButton: 'the button was pressed',
      licenceMissing: 'there is no licence',
      licenceInvalid: 'the licence is not valid here',
      licenceExpired: 'the licence has expired',
      licenceTier: 'the licence covers too few extensions',
      licenceClock: 'the clock of the box is not right',
      profileOff: 'the profile is switched off',
      outsideHours: 'outside the permitted hours',
      wrongPin: 'wrong PIN',
      lockedOut: 'locked after wrong PINs',
      notModerator: 'not a moderator of this profile',
      noSuchMember: 'no such extension',
      notInGroup: 'not in the group of members',
      noConsent: 'one of the two did not agree',
      excluded: 'excluded from monitoring for good',
      ownCall: 'the moderator’s own call',
      memberHasNoCall: 'the member has no call',
      noLiveCall: 'there is no live call',
      noOtherCall: 'there is no other call',
      quotaUsedUp: 'the quota of the month is used up',
      callLimit: 'too many moderators in this call',
      boxLimit: 'too many monitors on this box',
      tooManyPins: 'too many PINs were waiting to be checked',
      interventionNotAllowed: 'the profile does not allow this mode',
      moderatorHungUp: 'the moderator hung up',
      peerSilent: 'the moderator’s phone did not answer any more',
      boxStopped: 'the box stopped',
      moderatorLeft: 'the moderator left the call',
      moderatorSwitched: 'the moderator went on to another call',
      callEnded: 'the call ended',
      transferred: 'the member was connected to somebody else',
      tookOver: 'the moderator took over the call',
      listen: 'listen',
      whisper: 'whisper',
      barge: 'barge in',
      anchorMissing: 'its anchor was missing',
      anchorUnreadable: 'its anchor could not be read',
      anchorForged: 'its anchor was not signed by this box',
      keyMissing: 'the key with which it was signed was gone',
      tailCut: 'entries at its end were missing',
      changed: 'its last entries had been changed',
    },
    notices: {
      none: 'none',
      toneAtStart: 'tone at the start',
      toneEvery: 'tone every',
      announcement: 'announcement',
    },
    clock: { behind: 'the clock was behind', notSet: 'the clock was not set' },
    yesOrNo: (yes) => (yes ? 'yes' : 'no'),
  },
  de: {
    facts: {
      boxStarted: 'Modcall gestartet',
      boxStopped: 'Modcall beendet',
      adminPasswordReset: 'mit dem Taster sollte das Admin-Passwort zurückgesetzt werden',
      tornTail: 'ein durch Stromausfall abgerissener Eintrag wurde beiseitegelegt',
      recordResumed: 'das Protokoll kann wieder geschrieben werden',
      recordDamaged: 'das Protokoll war beschädigt',
      attempt: 'jemand wollte mithören',
      identified: 'ein Moderator wurde erkannt',
      refused: 'abgewiesen',
      started: 'Mithören begonnen',
      told: 'einer der beiden wurde darauf hingewiesen',
      modeChanged: 'Art geändert',
      takingOver: 'ein Moderator übernimmt das Gespräch',
      followChanged: 'Folgen geändert',
      ended: 'Mithören beendet',
      dialogueEnded: 'der Dialog ist zu Ende',
    },
    details: {
      session: 'Sitzung',
      profile: 'Profil',
      caller: 'Anrufer',
      moderator: 'Moderator',
      member: 'Mitglied',
      reason: 'Grund',
      noticeMember: 'Hinweis an das Mitglied',
      noticeOther: 'Hinweis an die Gegenseite',
      party: 'wer',
      notice: 'Hinweis',
      mode: 'Art',
      follow: 'folgt',
      seconds: 'Sekunden',
      call: 'Gespräch',
      other: 'Gegenseite',
      version: 'Version',
      key: 'Schlüssel des Geräts',
      file: 'Datei',
      bytes: 'Bytes',
      problem: 'Schaden',
      hadPassword: 'es gab ein Passwort',
      since: 'seit',
      late: 'nachgetragene Einträge',
      lost: 'verlorene Einträge',
    },
    values: {
      recordUnavailable: 'das Protokoll kann nicht geschrieben werden',
      settingsLost: 'die Einstellungen des Geräts sind nicht zu gebrauchen',
      endedByButton: 'der Taster wurde gedrückt',
      licenceMissing: 'es gibt keine Lizenz',
      licenceInvalid: 'die Lizenz gilt hier nicht',
      licenceExpired: 'die Lizenz ist abgelaufen',
      licenceTier: 'die Lizenz reicht für zu wenige Nebenstellen',
      licenceClock: 'die Uhr des Geräts geht nicht richtig',
      profileOff: 'das Profil ist ausgeschaltet',
      outsideHours: 'außerhalb der erlaubten Zeiten',
      wrongPin: 'falsche PIN',
      lockedOut: 'gesperrt nach falschen PINs',
      notModerator: 'kein Moderator dieses Profils',
      noSuchMember: 'keine solche Nebenstelle',
      notInGroup: 'nicht in der Gruppe der Mitglieder',
      noConsent: 'einer der beiden hat nicht eingewilligt',
      excluded: 'dauerhaft vom Mithören ausgenommen',
      ownCall: 'das eigene Gespräch des Moderators',
      memberHasNoCall: 'das Mitglied führt kein Gespräch',
      noLiveCall: 'es gibt kein laufendes Gespräch',
      noOtherCall: 'es gibt kein anderes Gespräch',
      quotaUsedUp: 'das Kontingent des Monats ist aufgebraucht',
      callLimit: 'zu viele Moderatoren in diesem Gespräch',
      boxLimit: 'zu viele mithörende Moderatoren auf diesem Gerät',
      tooManyPins: 'zu viele PINs warteten auf die Prüfung',
      interventionNotAllowed: 'das Profil erlaubt diese Art nicht',
      moderatorHungUp: 'der Moderator hat aufgelegt',
      peerSilent: 'das Telefon des Moderators antwortete nicht mehr',
      boxStopped: 'das Gerät wurde angehalten',
      moderatorLeft: 'der Moderator hat das Gespräch verlassen',
      moderatorSwitched: 'der Moderator ist zu einem anderen Gespräch gewechselt',
      callEnded: 'das Gespräch ist zu Ende',
      transferred: 'das Mitglied wurde weiterverbunden',
      tookOver: 'der Moderator hat das Gespräch übernommen',
      listen: 'mithören',
      whisper: 'flüstern',
      barge: 'mitsprechen',
      anchorMissing: 'der Anker fehlte',
      anchorUnreadable: 'der Anker war nicht lesbar',
      anchorForged: 'der Anker war nicht von diesem Gerät signiert',
      keyMissing: 'der Schlüssel, mit dem es signiert war, fehlte',
      tailCut: 'am Ende fehlten Einträge',
      changed: 'die letzten Einträge waren verändert',
    },
    notices: {
      none: 'keiner',
      toneAtStart: 'Ton zu Beginn',
      toneEvery: 'Ton alle',
      announcement: 'Ansage',
    },
    clock: { behind: 'die Uhr ging nach', notSet: 'die Uhr war nicht gestellt' },
    yesOrNo: (yes) => (yes ? 'ja' : 'nein'),
  },
};

/** What is to be said of the time of an entry; nothing where the clock was right. */
export function clockText(clock: ClockDoubt | undefined, language: Language): string {
  return clock === undefined ? '' : ` (${words[language].clock[clock]})`;
}

/** One fact as a line to read: what happened, then its details. Names that this version does not know stand as they are recorded. */
export function factText(fact: Readonly<Record<string, unknown>>, language: Language): string {
  const { type, ...details } = fact;
  const shown = Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${wordOr(name, words[language].details)}: ${valueText(name, value, language)}`);
  return [wordOr(String(type), words[language].facts), ...shown].join('  ');
}

function valueText(name: string, value: unknown, language: Language): string {
  const { values, notices, yesOrNo } = words[language];
  if (typeof value === 'boolean') return yesOrNo(value);
  const text = String(value);
  if (name === 'reason' || name === 'mode' || name === 'problem') return wordOr(text, values);
  if (name === 'party') return wordOr(text, words[language].details);
  if (name !== 'noticeMember' && name !== 'noticeOther' && name !== 'notice') return text;
  const [kind = '', ...rest] = text.split(' ');
  return [wordOr(kind, notices), ...rest].join(' ');
}

const wordOr = (name: string, of: Readonly<Record<string, string>>): string =>
  Object.hasOwn(of, name) ? (of[name] ?? name) : name;
