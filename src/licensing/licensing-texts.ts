import type { UnixTime } from '../primitives/time.js';
import type { TypingMistake } from './grouped-text.js';
import type { HardwareIdProblem, IdPart } from './hardware-id.js';
import type { LicenceKind, MemberLimit } from './licence.js';
import type { KeyProblem } from './licence-key.js';
import type { Allowed, Refusal, Warning } from './verdict.js';

/** Everything this room says to an admin. Each text says what is the matter and, where something is to be done, what. */
export interface LicensingTexts {
  readonly kinds: Readonly<Record<LicenceKind, string>>;
  readonly labels: Readonly<Record<Label, string>>;
  readonly order: Readonly<Record<OrderText, string>>;
  /** What can be ordered, as boxes to tick. */
  readonly wishes: readonly string[];
  /** Date and time, UTC. */
  moment(instant: UnixTime): string;
  members(limit: MemberLimit): string;
  mistake(mistake: TypingMistake): string;
  hardwareIdProblem(problem: HardwareIdProblem): string;
  keyProblem(problem: KeyProblem, ownId: string): string;
  refusal(refusal: Refusal): string;
  warning(warning: Warning): string;
  allowed(verdict: Allowed): string;
  /** The hardware ID is not the one of the last start. */
  hardwareIdChanged(changed: readonly IdPart[], before: string, now: string): string;
}

export type Label =
  | 'product'
  | 'version'
  | 'hardwareId'
  | 'hardwareIds'
  | 'serverKeys'
  | 'extensionsSetUp'
  | 'keyNumber'
  | 'kind'
  | 'holder'
  | 'issued'
  | 'expires'
  | 'graceDays'
  | 'never'
  | 'members'
  | 'highestMajor'
  | 'replaces'
  | 'licenceKey'
  | 'date';

export type OrderText =
  | 'title'
  | 'introduction'
  | 'customer'
  | 'customerNumber'
  | 'wanted'
  | 'tier'
  | 'currentLicence'
  | 'none'
  | 'hint'
  | 'scan';
