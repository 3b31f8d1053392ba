import { expect, test } from 'vitest';
import { minuteOf, monthOf, weekdayOf } from '../../../src/primitives/calendar.js';
import { withProfile } from '../monitoring/desk.js';
import { anna, ben, cara, city, inside, mona, outside, phone } from '../switchboard/office.js';
import { grownIn } from './growth.js';
import { House } from './house.js';

const hour = 3_600_000;
const firstDay = Date.UTC(2026, 3, 1);
const quota = 20;

const calendar = (now: number) => {
  const time = firstDay + now;
  return { weekday: weekdayOf(time), minute: minuteOf(time), month: monthOf(time), time };
};

/** What goes on in an office day after day, and what others try on it. */
class Days {
  #day = 0;
  #strangers = 0;
  /** How many calls have been monitored in each month. */
  readonly monitored = new Map<string, number>();

  constructor(private readonly house: House) {}

  async pass(days: number): Promise<void> {
    for (let i = 0; i < days; i += 1) {
      this.#day += 1;
      await this.monitoredCall();
      await this.deadPhone();
      await this.emergency();
      await this.mistypedPin();
      await this.otherPhone();
      await this.trunkBlinks();
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await this.guess();
        await this.house.passes(12 * hour);
      }
    }
  }

  private async monitoredCall(): Promise<void> {
    const { month } = calendar(this.house.now);
    const before = this.house.factTypes.filter((type) => type === 'started').length;
    const { caller } = await this.house.talk(anna, cara);
    const moderator = await this.house.moderator('1234#101#');
    await this.house.does(() => moderator.hangUp());
    await this.house.does(() => caller.hangUp());
    const started = this.house.factTypes.filter((type) => type === 'started').length - before;
    this.monitored.set(month, (this.monitored.get(month) ?? 0) + started);
  }

  /** Both ends of a call lose their power, and answer nothing that they are asked. */
  private async deadPhone(): Promise<void> {
    const { caller, callee } = await this.house.talk(anna, cara);
    await this.house.does(() => {
      for (const dead of [caller, callee]) dead.fallSilent();
      for (const dead of [caller, callee]) dead.die();
    });
    for (let i = 0; i < 3; i += 1) await this.house.passes(10_000);
  }

  private async emergency(): Promise<void> {
    const caller = await this.house.dials(inside(anna), '112');
    await this.house.does(() => this.house.calledAt('trunk').answer());
    expect(caller.progress).toBe('answered');
    await this.house.does(() => caller.hangUp());
  }

  private async mistypedPin(): Promise<void> {
    const far = await this.house.moderator('9999#', inside(ben));
    await this.house.does(() => far.hangUp());
  }

  /** With a number that nobody has shown before. */
  private async guess(): Promise<void> {
    this.#strangers += 1;
    const far = await this.house.dials(outside(city), '493055590', `0171${this.#strangers}`);
    await this.house.press(far, '0000#');
    await this.house.does(() => far.hangUp());
  }

  /** A phone without a registration of its own for long, as in an app. */
  private async otherPhone(): Promise<void> {
    await this.house.does(() => this.house.engine.bind(ben, phone(ben, this.#day + 1)));
    await this.house.does(() => this.house.engine.unbind(ben, phone(ben, this.#day)));
  }

  private async trunkBlinks(): Promise<void> {
    await this.house.does(() => this.house.engine.trunkDown(city, 'timeout'));
    await this.house.does(() => this.house.engine.trunkUp(city));
  }
}

test('in 400 days of calls, mistyped PINs, guessing strangers and phones that come and go nothing grows', async () => {
  const house = await House.open({ policy: withProfile({ quota }), calendar });
  const days = new Days(house);
  await days.pass(50);
  const before = grownIn(house.gateway.world);
  await days.pass(350);
  expect(grownIn(house.gateway.world)).toBeLessThanOrEqual(before);
  expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
  expect(Object.keys(house.gateway.world.monitoring.records.lockouts).length).toBeLessThan(30);
  expect(house.complaints).toEqual([]);
  const months = [...days.monitored.values()];
  expect(months.slice(1, -1), 'a quota is used up, and begins anew each month').toEqual(
    months.slice(1, -1).fill(quota),
  );
  expect((await house.moderator('1234#', inside(mona))).progress).toBe('answered');
}, 120_000);
