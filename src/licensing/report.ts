import type { Message } from '../locales/codes.js';
import type { LicenceClosure } from '../monitoring/records.js';
import { hardwareIdText } from './hardware-id.js';
import {
  boundHardware,
  boundServerKeys,
  endOf,
  expiryOf,
  type Licence,
  type LicenceKind,
  type MemberLimit,
} from './licence.js';
import { licenceClosure } from './licence-closure.js';
import { verdictMessages, warningMessage } from './messages.js';
import type { Refusal, Verdict, Warning } from './verdict.js';

/** A licence as plain data, for JSON: moments in ISO 8601, hardware IDs as text. */
export interface LicenceReport {
  readonly product: string;
  readonly keyNumber: number;
  readonly kind: LicenceKind;
  readonly holder: string | null;
  readonly hardwareIds: readonly string[];
  readonly serverKeys: readonly number[];
  readonly members: MemberLimit;
  readonly highestMajor: number;
  readonly issued: string;
  readonly expires: string | null;
  /** Including the grace time. */
  readonly ends: string | null;
  readonly replaces: number | null;
}

/** A verdict as plain data, for JSON. */
export interface VerdictReport {
  readonly isAllowed: boolean;
  /** What it tells an admin. */
  readonly messages: readonly Message[];
  /** Why not; null when it is allowed. */
  readonly refusal: Refusal['kind'] | null;
  /** For a key that could not be read: why. */
  readonly keyProblem: string | null;
  /** For a typing mistake: in which group, counted from 1 after the prefix. */
  readonly group: number | null;
  /** Why moderators are turned away, as the audit record names it; null when they are not. */
  readonly closure: LicenceClosure | null;
  readonly simulatedBoard: boolean;
  readonly members: MemberLimit | null;
  readonly warnings: readonly { readonly kind: Warning['kind']; readonly message: Message }[];
}

export function licenceReport(licence: Licence): LicenceReport {
  return {
    product: licence.product,
    keyNumber: licence.keyNumber,
    kind: licence.term.kind,
    holder: licence.holder ?? null,
    hardwareIds: boundHardware(licence).map(hardwareIdText),
    serverKeys: boundServerKeys(licence),
    members: licence.members,
    highestMajor: licence.highestMajor,
    issued: new Date(licence.issued).toISOString(),
    expires: isoOrNull(expiryOf(licence.term)),
    ends: isoOrNull(endOf(licence.term)),
    replaces: licence.replaces ?? null,
  };
}

export function verdictReport(verdict: Verdict): VerdictReport {
  const refusal = verdict.isAllowed ? undefined : verdict.refusal;
  const problem = refusal?.kind === 'badKey' ? refusal.problem : undefined;
  return {
    isAllowed: verdict.isAllowed,
    messages: verdictMessages(verdict),
    refusal: refusal?.kind ?? null,
    keyProblem: problem?.kind ?? null,
    group: problem?.kind === 'typingMistake' ? problem.mistake.group : null,
    closure: refusal ? licenceClosure(refusal) : null,
    simulatedBoard: verdict.isAllowed && verdict.by.kind === 'simulatedBoard',
    members: verdict.isAllowed ? verdict.members : null,
    warnings: verdict.isAllowed
      ? verdict.warnings.map((warning) => ({ kind: warning.kind, message: warningMessage(warning) }))
      : [],
  };
}

function isoOrNull(instant: number | undefined): string | null {
  return instant === undefined ? null : new Date(instant).toISOString();
}
