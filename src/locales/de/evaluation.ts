import type { evaluation as english } from '../en/evaluation.js';
import type { Translation } from '../tree.js';

export const evaluation: Translation<typeof english> = {
  notAgreed: 'Keine Betriebsvereinbarung ist in Kraft, die Bögen erlaubt.',
  nobody:
    'Bögen sehen nur die, die sie betreffen. Melden Sie sich auf der Seite als die Person an, die die Nebenstelle hat; Programme und wer am Gerät sitzt, sehen keinen.',
  noSuchSheet: ({ sheet }) =>
    `Es gibt keinen Bogen ${sheet}, der Sie betrifft, oder er ist gelöscht. Zeigen Sie Ihre Bögen neu an.`,
  noSuchMonitor:
    'Zu diesem Gespräch können Sie keinen Bogen ausfüllen: Sie haben dabei nicht als Moderator mitgehört, es ist zu lange her, es gibt oder gab schon einen, das Mitglied hatte um Hilfe gebeten oder es beendet, der Benutzer von einem von Ihnen wurde seitdem eingerichtet oder geändert, oder Sie dürfen bei dem Mitglied zurzeit nicht mithören.',
  memberLogin: ({ extension }) =>
    `Für die Nebenstelle ${extension} muss sich genau ein Benutzer anmelden können: Sonst könnte niemand den Bogen sehen, oder noch jemand. Ein Admin kann das einrichten.`,
  secondLogin: ({ extension }) =>
    `Für die Nebenstelle ${extension} muss sich genau ein Benutzer anmelden können, damit sonst niemand den Bogen sieht. Fragen Sie jemand anderen, oder bitten Sie einen Admin, das einzurichten.`,
  unreadable:
    'Die Bögen lassen sich zurzeit nicht lesen: Der Datenträger gibt sie nicht her, oder ein neueres Modcall hat sie geschrieben. Verloren ist dadurch keiner. Versuchen Sie es später noch einmal, oder sagen Sie es einem Admin.',
  tooMany: ({ most }) => `Es gibt schon ${most} Bögen. Warten Sie, bis einige gelöscht sind.`,
  refused: {
    notForYou: 'Das ist bei diesem Bogen nicht Ihre Sache.',
    talkIsHeld: 'Sie haben die Besprechung schon bestätigt; dabei bleibt es.',
    secondIsAsked: 'Um eine Zweitmeinung wurde schon gebeten.',
    notASecond: 'Diese Person kann nicht um eine Zweitmeinung gebeten werden. Wählen Sie eine, die angeboten wird.',
    isGiven: 'Die Zweitmeinung ist schon abgegeben; sie bleibt, wie sie ist.',
    answers: 'Beantworten Sie jeden Punkt des Bogens.',
  },
};
