import { latestStep, totpStep } from '../../crypto/totp.js';
import { nameKey } from '../../primitives/user-name.js';
import { recoveryHashOf } from '../../store/users/secrets.js';
import { type SecondFactor, type User, withUser } from '../../store/users/users-schema.js';
import type { AccessPlace } from './access-place.js';

/** Of all users: more than are used in the days by which a clock is wrong. */
const mostSteps = 10_000;

/**
 * Codes of authenticator apps, and recovery codes. Those used since the start are remembered: none opens twice, whatever the disk
 * does.
 */
export class SecondFactors {
  readonly #lastSteps = new Map<string, number>();
  readonly #spentCodes = new Set<string>();
  /** By secret and step: a clock that is set back comes to the same step again. */
  readonly #spentSteps = new Set<string>();

  constructor(private readonly place: AccessPlace) {}

  /** Why the second factor does not open; null when it does, and the code is used up then. */
  check(name: string, factor: SecondFactor, code: string | null): 'codeNeeded' | 'clockNotSet' | 'wrong' | null {
    if (code === null || code.trim() === '') return 'codeNeeded';
    const recovery = recoveryHashOf(code, factor.recovery);
    if (recovery !== null) return this.#spendRecovery(name, recovery);
    const { time, state } = this.place.clock.wall;
    if (state !== 'set') return 'clockNotSet';
    // One that is still to come was used by a clock that ran ahead: it keeps nobody out until that time.
    const used = [factor.lastStep ?? -1, this.#lastSteps.get(nameKey(name)) ?? -1];
    const lastUsed = Math.max(-1, ...used.filter((step) => step <= latestStep(time)));
    const step = totpStep(Buffer.from(factor.secret, 'base64'), code.replaceAll(' ', ''), time, lastUsed);
    if (step === null || !this.#spendStep(factor, step)) return 'wrong';
    this.#lastSteps.set(nameKey(name), step);
    this.#keep(name, factor, (present) => ({ ...present, lastStep: step }));
    return null;
  }

  /** False where it was used before. */
  #spendStep({ secret }: SecondFactor, step: number): boolean {
    const key = `${secret} ${step}`;
    if (this.#spentSteps.has(key)) return false;
    this.#spentSteps.add(key);
    const [oldest] = this.#spentSteps;
    if (this.#spentSteps.size > mostSteps && oldest !== undefined) this.#spentSteps.delete(oldest);
    return true;
  }

  #spendRecovery(name: string, hash: string): 'wrong' | null {
    if (this.#spentCodes.has(hash)) return 'wrong';
    this.#spentCodes.add(hash);
    this.place.store
      .change((all) =>
        withUser(all, name, (user) => ({
          ...user,
          secondFactor: user.secondFactor && {
            ...user.secondFactor,
            recovery: user.secondFactor.recovery.filter((each) => each !== hash),
          },
        })),
      )
      .catch(this.place.onError);
    return null;
  }

  #keep(name: string, factor: SecondFactor, change: (present: SecondFactor) => SecondFactor): void {
    const isSame = (user: User): boolean => user.secondFactor?.secret === factor.secret;
    this.place.store
      .change((all) =>
        withUser(all, name, (user) =>
          user.secondFactor && isSame(user) ? { ...user, secondFactor: change(user.secondFactor) } : user,
        ),
      )
      .catch(this.place.onError);
  }
}
