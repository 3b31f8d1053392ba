import type { live as english } from '../en/live.js';
import type { Translation } from '../tree.js';

export const live: Translation<typeof english> = {
  noSuchCall: ({ call }) => `Den Anruf ${call} gibt es nicht mehr. Lassen Sie sich die Anrufe neu zeigen.`,
  noSuchMonitor: ({ session }) =>
    `Das Mithören ${session} gibt es nicht mehr, oder Sie dürfen es nicht beenden. Lassen Sie es sich neu zeigen.`,
  emergency: 'Dieser Anruf geht zum Notruf, oder vielleicht dorthin: Beenden können ihn nur, die sprechen.',
  noExtension:
    'Sie haben hier keine Nebenstelle, also auch keinen eigenen Anruf. Ein Admin kann sie bei Ihrem Benutzer eintragen.',
  noRestart: 'Es wartet kein Neustart, oder er hat schon begonnen. Es wurde nichts abgesagt.',
  helpTitle: 'Hilfe:',
  title: ({ who }) => `Mithören ${who}`,
  pinNeeded: 'Geben Sie die PIN an, mit der Sie mithören. Nach jedem Anmelden wird einmal nach ihr gefragt.',
  noProfile: 'Hier kann noch niemand mithören: Es gibt kein Profil. Ein Admin kann eines anlegen.',
  tooSlow:
    'Das Gerät war zu beschäftigt, um rechtzeitig zu beginnen, und beginnt nicht mehr. Versuchen Sie es gleich noch einmal; sagen Sie es einem Admin, wenn es wieder geschieht.',
  noSuchProfile: ({ profile }) => `Ein Profil ${profile} gibt es nicht.`,
  noBrowser:
    'Dieses Gerät kann keine Gespräche im Browser abspielen: Das Debian-Paket janus fehlt darauf. Hören Sie am Telefon mit.',
  browserFailed:
    'Das Gespräch ließ sich nicht in den Browser bringen; das geht auch nicht, wenn das Gerät in gar keinem Netz ist. Versuchen Sie es gleich noch einmal, oder hören Sie am Telefon mit.',
  browserLost:
    'Der Teil des Geräts, der Gespräche in Browser bringt, ist ausgefallen und startet von selbst neu. Sie haben nichts gehört, und das Gespräch geht weiter. Drücken Sie gleich noch einmal „Hier mithören“, oder hören Sie am Telefon mit.',
  browsersTaken: 'Im Browser hören schon so viele mit, wie es können. Hören Sie am Telefon mit.',
  help: {
    noCall: 'Sie führen gerade kein Gespräch, in dem jemand helfen könnte.',
    alreadyAsked: 'Es werden schon Moderatoren gerufen, oder einer hilft Ihnen.',
    excluded:
      'Sie oder die Gegenseite sind vom Mithören auf Dauer ausgenommen, also kann in diesem Gespräch niemand helfen.',
    privateCall: 'Dieses Gespräch ist privat, also kann darin niemand helfen.',
    colleague: 'Die Gegenseite im Haus ist nicht damit einverstanden, dass jemand mithört, oder nicht zu dieser Zeit.',
    closed: 'Zurzeit kann kein Moderator in Gespräche kommen. Sagen Sie es einem Admin.',
    modeNotAllowed: 'So dürfen Moderatoren nicht in Ihre Gespräche kommen. Ein Admin kann sagen, warum.',
    nobody: 'Zurzeit lässt sich kein Moderator rufen, der Ihnen in diesem Gespräch helfen darf.',
  },
  refused: {
    recordUnavailable: 'Niemand kann mithören: Das Prüfprotokoll lässt sich nicht schreiben. Sagen Sie es einem Admin.',
    settingsLost:
      'Niemand kann mithören: Die Einstellungen des Geräts sind nicht zu gebrauchen. Sagen Sie es einem Admin.',
    agreementLost:
      'Niemand kann mithören: Die Betriebsvereinbarung ist nicht, wie das Gerät sie hinterlassen hat. Sagen Sie es einem Admin.',
    endedByButton: 'Eine Zeit lang kann niemand mithören: Der Taster des Geräts wurde gedrückt.',
    licenceMissing: 'Niemand kann mithören: Es gibt keine Lizenz. Ein Admin kann eine eingeben.',
    licenceInvalid: 'Niemand kann mithören: Die Lizenz gilt hier nicht. Ein Admin kann eine andere eingeben.',
    licenceExpired: 'Niemand kann mithören: Die Lizenz ist abgelaufen. Ein Admin kann eine neue eingeben.',
    licenceTier:
      'Niemand kann mithören: Die Lizenz reicht für zu wenige Nebenstellen. Ein Admin kann eine größere eingeben.',
    licenceClock: 'Niemand kann mithören: Die Uhr des Geräts geht nicht richtig. Sagen Sie es einem Admin.',
    licenceUnread:
      'Noch kann niemand mithören: Das Gerät kann die Lizenz noch nicht prüfen. Versuchen Sie es in einer Minute wieder.',
    profileOff: 'Das Profil ist ausgeschaltet. Ein Admin kann es einschalten.',
    outsideHours: 'Mithören ist nur zu anderen Zeiten erlaubt.',
    notModerator:
      'Sie sind kein Moderator dieses Profils. Ein Admin kann Ihre Nebenstelle bei seinen Moderatoren eintragen.',
    pinChanged: 'Ihre PIN wurde geändert oder entzogen. Ein Admin kann sagen, warum, und Ihnen eine andere geben.',
    accessEnded:
      'Wer darum gebeten hat, darf nicht mehr mithören: Der Benutzer wurde geändert oder das Token widerrufen. Melden Sie sich neu an, oder fragen Sie einen Admin.',
    noSuchMember: 'Diese Nebenstelle gibt es nicht.',
    notInGroup: 'Diese Nebenstelle gehört nicht zu denen, bei denen Sie mithören dürfen.',
    noConsent: 'Einer der beiden ist mit dem Mithören nicht einverstanden.',
    excluded: 'Einer der beiden ist vom Mithören auf Dauer ausgenommen.',
    privateCall: 'Einer der beiden führt das Gespräch privat.',
    ownCall: 'Das ist Ihr eigenes Gespräch.',
    notEncrypted:
      'Dieses Gespräch ist verschlüsselt: Mithören können Sie nur mit einem Telefon, das verschlüsselt, im Browser oder am Gerät selbst. Ein Admin kann die Verschlüsselung Ihrer Nebenstelle einstellen.',
    notLetIn: 'Sie wurden nicht eingelassen. Vom Gespräch war nichts zu hören.',
    wrongPin: 'Die PIN ist falsch. Versuchen Sie es noch einmal: Nach einigen falschen müssen Sie warten.',
    lockedOut: 'Es gab zu viele falsche PINs. Warten Sie, bevor Sie es wieder versuchen.',
    memberHasNoCall: 'Das Mitglied hat gerade kein Gespräch.',
    noLiveCall: 'Dieses Gespräch gibt es nicht mehr.',
    noOtherCall: 'Es gibt kein anderes Gespräch, bei dem Sie mithören dürfen.',
    quotaUsedUp: 'Die Gespräche dieses Mitglieds, bei denen in einem Monat mitgehört werden darf, sind verbraucht.',
    notAgreed: 'Die Betriebsvereinbarung erlaubt Ihnen nicht, bei allen in diesem Gespräch mitzuhören.',
    outsidePeriod:
      'Mithören darf man nur in angekündigten Zeiträumen, und für jemanden in diesem Gespräch läuft gerade keiner.',
    noPurpose: 'Nennen Sie einen der Zwecke, die in der Betriebsvereinbarung stehen.',
    drawOnly: 'Für diesen Zweck lost das Gerät aus, wessen Gespräch Sie hören. Sie können es nicht wählen.',
    drawStands:
      'Das Gespräch, das für Sie ausgelost wurde, dauert noch an. Bis es zu Ende ist, wird für Sie kein anderes ausgelost.',
    talkMissing: 'Bei diesem Mitglied dürfen Sie eine Zeit lang nicht mithören: Ein Bogen wurde nicht besprochen.',
    agreedCallsUsedUp:
      'Die Gespräche dieses Mitglieds, bei denen laut Betriebsvereinbarung in einem Monat mitgehört werden darf, sind verbraucht.',
    agreedMembersUsedUp: 'In diesem Monat wurde schon bei so vielen Mitgliedern mitgehört, wie vereinbart ist.',
    callLimit: 'Bei diesem Gespräch hören schon so viele Moderatoren mit, wie erlaubt sind.',
    boxLimit: 'Es hören schon so viele Moderatoren mit, wie erlaubt sind.',
    tooManyPins: 'Es werden gerade zu viele PINs verglichen. Versuchen Sie es gleich noch einmal.',
    interventionNotAllowed: 'Das Profil erlaubt das nicht.',
    modeNotAllowed: 'Die Betriebsvereinbarung erlaubt das nicht.',
    noPhone:
      'Keines Ihrer Telefone ist am Gerät angemeldet. Schalten Sie eines ein und warten Sie, bis es sich angemeldet hat. „Hier mithören“ auf der Seite braucht kein Telefon.',
    notAnswered: 'Sie haben den Anruf nicht angenommen. Versuchen Sie es noch einmal.',
    alreadyAsked: 'Sie werden schon angerufen oder hören mit. Beenden Sie das zuerst.',
  },
};
