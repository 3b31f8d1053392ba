import type { PeriodRefusal } from '../../agreement/periods.js';
import type { SuccessionRefusal } from '../../agreement/succession.js';
import type { By } from '../users/access-fact.js';

/** What is wrong with what is kept of the agreement. */
export type AgreementProblem = 'missing' | 'unreadable' | 'forged' | 'older';

/** Why something that concerns the agreement was not done. */
export type AgreementRefusal = SuccessionRefusal | PeriodRefusal | 'badSignature';

/** What the audit record tells of the works agreement. `version` is that of the document in question. */
export type AgreementFact =
  | (By & { readonly type: 'agreementProposed' | 'agreementWithdrawn'; readonly version: number })
  | (By & { readonly type: 'agreementSigned'; readonly version: number; readonly signer: string })
  /** `tightens`, `loosens`: the fields in which it allows less, and more, than the one before. */
  | (By & {
      readonly type: 'agreementInForce';
      readonly version: number;
      readonly signers: string;
      readonly tightens: string;
      readonly loosens: string;
    })
  | (By & { readonly type: 'agreementRefused'; readonly version: number; readonly reason: AgreementRefusal })
  /** It cannot be read as the box left it, and nobody may monitor until it is there again. */
  | { readonly type: 'agreementLost'; readonly problem: AgreementProblem }
  | { readonly type: 'agreementFound'; readonly version: number }
  /** Out of a backup; `version` is the last one that it has. */
  | { readonly type: 'agreementRestored'; readonly version: number }
  | { readonly type: 'agreementNotRestored'; readonly version: number; readonly reason: SuccessionRefusal }
  | (By & {
      readonly type: 'periodAnnounced' | 'periodWithdrawn';
      readonly period: number;
      readonly members: string;
      readonly from: string;
      readonly to: string;
    })
  | (By & {
      readonly type: 'periodRefused';
      readonly from: string;
      readonly to: string;
      readonly reason: PeriodRefusal;
    });
