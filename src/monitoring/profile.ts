import type { AgreementInForce } from '../agreement/decision.js';
import type { Country } from '../primitives/country.js';
import type { ExtensionNumber, GroupId, ProfileId } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import type { UnixTime } from '../primitives/time.js';

/**
 * What a moderator does in a call: `listen` hears both parties; in `whisper` the member hears the moderator too, in `barge` both
 * parties do. Taking over is not a mode but the end of monitoring: the moderator becomes a party.
 */
export type Mode = 'listen' | 'whisper' | 'barge';

/** What a profile can allow beyond listening, which is always allowed. */
export type Intervention = 'whisper' | 'barge' | 'takeOver';

/** How a party learns that someone listens. */
export type Notice =
  | { readonly kind: 'none' }
  | { readonly kind: 'toneAtStart' }
  | { readonly kind: 'toneEvery'; readonly seconds: number }
  | { readonly kind: 'announcement' };

/**
 * On which lines encrypted calls are heard, those with an encrypted side at least: on one of the moderator's that is encrypted or
 * of the board itself; only if the lines of both parties are so, too; or on any.
 */
export const encryptedListening = ['protectedLine', 'protectedThroughout', 'anyLine'] as const;
export type EncryptedListening = (typeof encryptedListening)[number];

/** Weekdays 1 (Monday) to 7 (Sunday), ISO 8601; minutes since local midnight, `from` inclusive, `to` exclusive (up to 1440). */
export interface TimeWindow {
  readonly weekdays: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** One named, switchable monitoring configuration. */
export interface Profile {
  readonly id: ProfileId;
  readonly name: string;
  readonly enabled: boolean;
  /** Extensions of this group may monitor, each with a PIN of their own. */
  readonly moderators: GroupId;
  /** Calls of this group's extensions can be monitored. */
  readonly members: GroupId;
  readonly interventions: ReadonlySet<Intervention>;
  readonly notice: { readonly member: Notice; readonly other: Notice };
  /** Whether the moderator hears the member on the left and the other on the right, where the phone can. */
  readonly stereo: boolean;
  readonly encryptedCalls: EncryptedListening;
  /** When monitoring is allowed; empty means always. A monitor that still runs when a window ends is ended. */
  readonly windows: readonly TimeWindow[];
  /** Whether everybody who speaks from one of our extensions has to let the moderator in before anything of the call is heard. */
  readonly admission: boolean;
  /** Monitored calls per member and calendar month, each counted once; null means unlimited. */
  readonly quota: number | null;
}

/** What monitoring needs to know about a person with an extension. */
export interface Person {
  readonly number: ExtensionNumber;
  /** Whether this person agreed to be listened to, both as a member and in a member's call. */
  readonly consents: boolean;
  /** Language of the prompts this person hears as a moderator. */
  readonly language: Language;
  /** Another one for each PIN, which does not follow from it; null where there is none. */
  readonly pinMark: string | null;
}

/** The rules of monitoring as the admin set them, under what employer and works council have agreed on. */
export interface MonitoringPolicy {
  /** What no setting can loosen; null where nothing was agreed on. */
  readonly agreement: AgreementInForce | null;
  /** What the telephone of a moderator shows, before the member's number, who is called for help. */
  readonly helpTitles: Readonly<Record<Language, string>>;
  /** How outside numbers are written. */
  readonly country: Country;
  readonly language: Language;
  readonly profiles: ReadonlyMap<ProfileId, Profile>;
  readonly persons: ReadonlyMap<ExtensionNumber, Person>;
  readonly groups: ReadonlyMap<GroupId, readonly ExtensionNumber[]>;
  /** If there are any, an outside party whose number is unknown counts as excluded. */
  readonly exclusions: {
    readonly extensions: ReadonlySet<ExtensionNumber>;
    /** Outside numbers, in whichever form they are written. */
    readonly numbers: readonly string[];
  };
  readonly limits: {
    /** Moderators in one call at the same time. */
    readonly perCall: number;
    /** Running monitors of the whole box. */
    readonly total: number;
  };
}

/** Local calendar time of the box, as a value because the pure rooms have no clock. */
export interface LocalTime {
  /** ISO 8601: 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** Minutes since local midnight. */
  readonly minute: number;
  /** `YYYY-MM`. */
  readonly month: string;
  /** Null while the clock cannot be trusted. */
  readonly time: UnixTime | null;
}
