import type { PeriodRule } from '../../agreement/document.js';
import {
  isRemembered,
  type NewPeriod,
  type Period,
  type PeriodRefusal,
  periodRefusal,
  tooCloseFor,
} from '../../agreement/periods.js';
import type { ExtensionNumber } from '../../primitives/ids.js';
import type { UnixTime } from '../../primitives/time.js';
import { AdminError } from '../../store/admin-error.js';
import { InTurn } from '../../store/in-turn.js';
import type { Caller } from '../operation.js';
import { byOf } from '../recording.js';
import type { AgreementPlace } from './agreement-desk.js';
import { recordKept } from './record-kept.js';

const minuteMs = 60_000;

/** What is to be announced. */
export type PeriodWish = Pick<Period, 'members' | 'from' | 'to'>;

/** The periods in which members may be listened to. None can be announced for a time that has begun, or too soon. */
export class PeriodsDesk {
  readonly #turns = new InTurn();

  constructor(private readonly place: AgreementPlace) {}

  /** Those that are not over, as far as the caller may know: whoever is none of those who decide sees their own. */
  list({ roles, extension }: Caller): readonly Period[] {
    const { state } = this.place.store;
    if (state.kind !== 'inForce') return [];
    const { time } = this.place.clock.wall;
    const seesAll = roles.has('admin') || roles.has('council') || roles.has('moderator');
    const isFor = (members: readonly ExtensionNumber[]) => extension !== null && members.includes(extension);
    return state.periods.filter(({ to, members }) => to > time && (seesAll || isFor(members)));
  }

  /** What would be announced, its number aside. @throws AdminError where the agreement does not let it be. */
  check(wish: PeriodWish): NewPeriod {
    const { period, rule, earlier, refusal } = this.#judged(wish);
    if (refusal !== undefined) throw refused(refusal, rule, tooCloseFor(rule, period, earlier));
    return period;
  }

  /** @throws AdminError where the agreement does not let it be announced. */
  announce(wish: PeriodWish, caller: Caller): Promise<Period> {
    // Each is judged beside all that were announced before it.
    return this.#turns.run(() => this.#announce(wish, caller));
  }

  async #announce(wish: PeriodWish, caller: Caller): Promise<Period> {
    const { period, rule, earlier, refusal } = this.#judged(wish);
    if (refusal !== undefined) {
      await this.place.record({ type: 'periodRefused', ...timesOf(period), reason: refusal, ...byOf(caller) });
      throw refused(refusal, rule, tooCloseFor(rule, period, earlier));
    }
    const id = await this.place.store.announce(period, (before) => isRemembered(rule, before, period.announced));
    await recordKept(this.place, { type: 'periodAnnounced', ...told({ ...period, id }), ...byOf(caller) });
    this.place.follow();
    return { ...period, id };
  }

  /** Whoever is listened to in it then is not any more. @throws AdminError */
  async withdraw(id: number, caller: Caller): Promise<void> {
    const period = this.list(caller).find((each) => each.id === id);
    if (!period) throw new AdminError({ code: 'agreement.noSuchPeriod', params: { period: id } }, { kind: 'missing' });
    await this.place.store.withdraw(id, this.place.clock.wall.time);
    this.place.follow();
    await recordKept(this.place, { type: 'periodWithdrawn', ...told(period), ...byOf(caller) });
  }

  #judged(wish: PeriodWish) {
    const { rule, earlier } = this.#underRule();
    const { time: announced, state } = this.place.clock.wall;
    if (state !== 'set') throw new AdminError({ code: 'access.clockNotSet' }, { kind: 'unavailable' });
    const period = { members: wish.members, from: onTheMinute(wish.from), to: onTheMinute(wish.to), announced };
    return { period, rule, earlier, refusal: periodRefusal(rule, period, earlier) };
  }

  #underRule(): { readonly rule: PeriodRule; readonly earlier: readonly Period[] } {
    const { state } = this.place.store;
    if (state.kind === 'lost') throw new AdminError({ code: 'agreement.lost' }, { kind: 'unavailable' });
    const rule = state.kind === 'inForce' ? state.agreement.document.periods : null;
    if (rule === null || state.kind !== 'inForce')
      throw new AdminError({ code: 'agreement.noPeriods' }, { kind: 'conflict' });
    return { rule, earlier: state.periods };
  }
}

function refused(refusal: PeriodRefusal, rule: PeriodRule, member = ''): AdminError {
  const params = { ...rule, member };
  const field = fieldOf[refusal];
  return new AdminError({ code: `agreement.refused.${refusal}`, params }, { kind: 'conflict', field });
}

const fieldOf: Readonly<Record<PeriodRefusal, string>> = {
  periodEmpty: 'to',
  periodTooSoon: 'from',
  periodTooLong: 'to',
  periodTooClose: 'members',
};

/** Periods begin and end on the minute, as everything that goes by the calendar. */
const onTheMinute = (time: UnixTime): UnixTime => Math.floor(time / minuteMs) * minuteMs;

const timesOf = ({ from, to }: Pick<Period, 'from' | 'to'>) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

const told = (period: Period) => ({ period: period.id, members: period.members.join(' '), ...timesOf(period) });
