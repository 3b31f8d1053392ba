import { differences, directionOfAll } from '../../agreement/comparison.js';
import type { Agreement, AgreementDocument, Signer } from '../../agreement/document.js';
import { type Candidate, type SuccessionRefusal, successionRefusal } from '../../agreement/succession.js';
import type { UnixTime, WallState } from '../../primitives/time.js';
import { AdminError } from '../../store/admin-error.js';
import type { AgreementFact } from '../../store/agreement/agreement-fact.js';
import type { Done, KeptDocument, SignedDocument } from '../../store/agreement/agreement-schema.js';
import type { AgreementState, AgreementStore } from '../../store/agreement/agreement-store.js';
import { checkHistory, type HistoryCheck } from '../../store/agreement/history-check.js';
import { agreementOf, soundSigners } from '../../store/agreement/signing.js';
import type { Caller } from '../operation.js';
import { byOf } from '../recording.js';
import { recordKept } from './record-kept.js';

/** The box whose agreement it is. */
export interface AgreementPlace {
  readonly store: AgreementStore;
  /** Resolves when it is recorded, under what is in force by then. */
  record(fact: AgreementFact): Promise<void>;
  /** Lets the box go by what is kept now. */
  follow(): void;
  readonly clock: { readonly wall: { readonly time: UnixTime; readonly state: WallState } };
}

/** What is to be agreed on; the box numbers it, and says what it follows on. */
export type Terms = Omit<AgreementDocument, 'format' | 'version' | 'previous'>;

/** The works agreement, as it is proposed, signed and put in force. Who may sign what is decided by the rules of the agreement alone. */
export class AgreementDesk {
  constructor(private readonly place: AgreementPlace) {}

  get state(): AgreementState {
    return this.place.store.state;
  }

  /** The document that waits for signatures, with those that it has; null where none does. */
  get proposal(): KeptDocument | null {
    return this.state.kind === 'lost' ? null : this.place.store.proposal;
  }

  history(): Promise<readonly KeptDocument[]> {
    return this.place.store.history();
  }

  /** Whether every document came into force by right, and the one in force is the one that the record names. */
  async verify(): Promise<HistoryCheck> {
    const { state } = this;
    if (state.kind === 'lost') return { ok: false, version: state.mark?.version ?? 0 };
    return checkHistory(await this.history(), state.kind === 'inForce' ? state.agreement.hash : null);
  }

  /** What would be proposed by these terms. @throws AdminError while the agreement is lost. */
  draft(terms: Terms): SignedDocument['document'] {
    const present = this.#present();
    const version = (present?.document.version ?? 0) + 1;
    return plain({
      ...{ format: 'modcall-agreement-1', version, previous: present?.hash ?? null },
      ...terms,
    });
  }

  /** @throws AdminError where it says what is in force already. */
  async propose(terms: Terms, caller: Caller): Promise<SignedDocument> {
    const present = this.#present();
    const document = this.draft(terms);
    const { version } = document;
    if (present && directionOfAll(differences(present.document, document)) === null)
      throw await this.#refusal('isInForce', version, caller);
    const proposal = { document, signatures: {}, done: this.#done(caller) };
    await this.place.store.propose(proposal);
    await recordKept(this.place, { type: 'agreementProposed', version, ...byOf(caller) });
    return proposal;
  }

  /** @throws AdminError where none waits. */
  async withdraw(caller: Caller): Promise<void> {
    const { version } = this.#proposed().document;
    await this.place.store.propose(null);
    await recordKept(this.place, { type: 'agreementWithdrawn', version, ...byOf(caller) });
  }

  /**
   * Adds a signature to what is proposed, which comes into force with the last that it needs.
   * @throws AdminError for a signature that is not sound.
   */
  async sign(signer: Signer, signature: string, caller: Caller): Promise<{ readonly isInForce: boolean }> {
    const { document, signatures, done } = this.#proposed();
    const { version } = document;
    const signed = { document, signatures: { ...signatures, [signer]: signature } };
    const candidate = this.#candidate(signed);
    if (!candidate.signedBy.has(signer)) throw await this.#refusal('badSignature', version, caller);
    const refusal = successionRefusal(this.#present(), candidate);
    if (refusal !== undefined && refusal !== 'needsBoth') throw await this.#refusal(refusal, version, caller);
    const fact = { type: 'agreementSigned', version, signer, ...byOf(caller) } as const;
    if (refusal === undefined) {
      // In one step: where the disk does not take it, the signature is not kept either.
      await this.#putInForce(signed, candidate, caller, [fact]);
      return { isInForce: true };
    }
    await this.place.store.propose({ ...signed, done });
    await recordKept(this.place, fact);
    return { isInForce: false };
  }

  /**
   * Puts a document in force that bears all signatures that it needs. Where the box has lost the one in force, that one alone is taken.
   * @throws AdminError
   */
  async put(signed: SignedDocument, caller: Caller): Promise<void> {
    const { state } = this;
    if (state.kind === 'lost' && state.mark !== null) return this.#putBack(signed, state.mark.hash, caller);
    const candidate = this.#candidate(signed);
    const refusal = successionRefusal(state.kind === 'inForce' ? state.agreement : null, candidate);
    if (refusal !== undefined) throw await this.#refusal(refusal, signed.document.version, caller);
    await this.#putInForce(signed, candidate, caller);
  }

  async #putBack(signed: SignedDocument, expected: string, caller: Caller): Promise<void> {
    const { version } = signed.document;
    if (agreementOf(signed.document).hash !== expected) throw await this.#refusal('notFollowing', version, caller);
    await this.place.store.put({ ...signed, done: this.#done(caller) });
    await recordKept(this.place, { type: 'agreementFound', version });
    this.place.follow();
  }

  /** @param facts What the record is told first. */
  async #putInForce(
    signed: SignedDocument,
    { signedBy }: Candidate,
    caller: Caller,
    facts: readonly AgreementFact[] = [],
  ): Promise<void> {
    const present = this.state.kind === 'inForce' ? this.state.agreement : null;
    const changes = present === null ? [] : differences(present.document, signed.document);
    const fieldsThat = (...directions: readonly string[]) =>
      changes.flatMap(({ field, direction }) => (directions.includes(direction) ? [field] : [])).join(' ');
    await this.place.store.put({ ...signed, done: this.#done(caller) });
    await recordKept(this.place, ...facts, {
      type: 'agreementInForce',
      version: signed.document.version,
      signers: [...signedBy].join(' '),
      tightens: fieldsThat('tightening', 'both'),
      loosens: fieldsThat('loosening', 'both'),
      ...byOf(caller),
    });
    this.place.follow();
  }

  #candidate({ document, signatures }: SignedDocument): Candidate {
    const present = this.state.kind === 'inForce' ? this.state.agreement : null;
    const keys = present?.document.signers ?? document.signers;
    return { ...agreementOf(document), signedBy: soundSigners(document, signatures, keys) };
  }

  /** @throws AdminError while it is lost. */
  #present(): Agreement | null {
    const { state } = this;
    if (state.kind === 'lost') throw new AdminError({ code: 'agreement.lost' }, { kind: 'unavailable' });
    return state.kind === 'inForce' ? state.agreement : null;
  }

  #proposed(): KeptDocument {
    const { proposal } = this;
    if (proposal === null) throw new AdminError({ code: 'agreement.noProposal' }, { kind: 'missing' });
    return proposal;
  }

  #done(caller: Caller): Done {
    return { ...byOf(caller), at: new Date(this.place.clock.wall.time).toISOString() };
  }

  /** What is refused is recorded, too. */
  async #refusal(reason: SuccessionRefusal | 'badSignature', version: number, caller: Caller): Promise<AdminError> {
    await this.place.record({ type: 'agreementRefused', version, reason, ...byOf(caller) });
    return new AdminError({ code: `agreement.refused.${reason}` }, { kind: 'conflict' });
  }
}

const plain = (document: AgreementDocument): SignedDocument['document'] =>
  structuredClone(document) as SignedDocument['document'];
