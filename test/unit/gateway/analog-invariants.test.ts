import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Line } from '../../../src/lines/line.js';
import type { LegId, PortId } from '../../../src/primitives/ids.js';
import { legId, portId } from '../../../src/primitives/ids.js';
import type { Digit } from '../../../src/primitives/keys.js';
import type { FarEnd } from '../../doubles/engine-leg.js';
import { SimulatedFxoLine, SimulatedFxsLine } from '../../doubles/line.js';
import { anna, ben, cara, city, inside, mona } from '../switchboard/office.js';
import { House } from './house.js';

const [handsetPort, phonePort, linePort] = [portId('handset'), portId('phone1'), portId('line1')];

type Deed =
  | { readonly kind: 'lift' | 'hangUp'; readonly phone: 0 | 1 }
  | { readonly kind: 'flash' | 'failPhone' | 'recoverPhone'; readonly phone: 0 | 1 }
  | { readonly kind: 'press'; readonly phone: 0 | 1; readonly keys: string }
  | { readonly kind: 'ringFromOutside' | 'stopRinging' | 'playBusy' | 'breakLoop' }
  | { readonly kind: 'failLine' | 'recoverLine' }
  | { readonly kind: 'dial'; readonly from: number; readonly to: number }
  | { readonly kind: 'ring' | 'answer' | 'hold' | 'resume' | 'leave' | 'transfer'; readonly who: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'announce' | 'playbacksEnd' };

const phoneIndex = fc.constantFrom(0 as const, 1 as const);
const who = fc.nat(20);
const onPhone = fc.constantFrom(
  'lift',
  'lift',
  'hangUp',
  'flash',
  'flash',
  'failPhone',
  'recoverPhone',
  'recoverPhone',
);
const onLine = fc.constantFrom('ringFromOutside', 'stopRinging', 'playBusy', 'breakLoop', 'failLine', 'recoverLine');
const onLeg = fc.constantFrom('ring', 'answer', 'answer', 'hold', 'resume', 'leave', 'transfer');
const keys = fc.constantFrom('101', '102', '104', '0301#', '1234##', '#', '8', '6', '*', '1', '*90');
const weighted = (weight: number, arbitrary: fc.Arbitrary<object>) => ({
  weight,
  arbitrary: arbitrary as fc.Arbitrary<Deed>,
});
const deeds = fc.array(
  fc.oneof(
    weighted(6, fc.record({ kind: onPhone, phone: phoneIndex })),
    weighted(5, fc.record({ kind: fc.constant('press'), phone: phoneIndex, keys })),
    weighted(3, fc.record({ kind: onLine })),
    weighted(3, fc.record({ kind: fc.constant('dial'), from: who, to: who })),
    weighted(5, fc.record({ kind: onLeg, who })),
    weighted(3, fc.record({ kind: fc.constant('wait'), ms: fc.constantFrom(100, 1600, 4100, 6100, 31_000, 61_000) })),
    weighted(1, fc.record({ kind: fc.constantFrom('announce', 'playbacksEnd') })),
  ),
  { minLength: 10, maxLength: 50, size: 'max' },
);

type Phones = readonly [SimulatedFxsLine, SimulatedFxsLine];

/** A house with two analog telephones, one of them the moderator's handset, and a line of the exchange. */
class AnalogHouse {
  readonly sounds: readonly [LegId, LegId] = [legId('handset'), legId('phone1')];
  readonly isLifted = [false, false];
  readonly far: FarEnd[] = [];
  readonly house: House;

  private constructor(
    house: House,
    readonly phones: Phones,
    readonly exchange: SimulatedFxoLine,
  ) {
    this.house = house;
  }

  static async open(): Promise<AnalogHouse> {
    const phones: Phones = [new SimulatedFxsLine(), new SimulatedFxsLine()];
    const exchange = new SimulatedFxoLine();
    const phone = (port: PortId, extension: typeof mona, hotline: boolean) => ({
      port,
      extension,
      country: 'de' as const,
      onLift: hotline ? ({ kind: 'call', number: '*90' } as const) : ({ kind: 'dialTone' } as const),
      isComplete: (number: string) => number.length === 3,
    });
    const house = await House.open({
      playbacksEnd: 'whenTold',
      analog: {
        lines: new Map<PortId, Line>([
          [handsetPort, phones[0]],
          [phonePort, phones[1]],
          [linePort, exchange],
        ]),
        settings: {
          phones: [phone(handsetPort, mona, true), phone(phonePort, cara, false)],
          trunks: [{ port: linePort, trunk: city, country: 'de' }],
        },
      },
    });
    return new AnalogHouse(house, phones, exchange);
  }

  async do(deed: Deed): Promise<void> {
    const { house, exchange } = this;
    switch (deed.kind) {
      case 'lift':
      case 'hangUp':
        this.isLifted[deed.phone] = deed.kind === 'lift';
        return house.does(() => this.phones[deed.phone][deed.kind]());
      case 'flash':
        return house.does(() => this.phones[deed.phone].flash());
      case 'failPhone':
        return house.does(() => this.phones[deed.phone].fail('gone'));
      case 'recoverPhone':
        return house.does(() => this.phones[deed.phone].recover());
      case 'press':
        for (const key of deed.keys) await house.does(() => this.phones[deed.phone].press(key as Digit));
        return;
      case 'failLine':
        return house.does(() => exchange.fail('gone'));
      case 'recoverLine':
        return house.does(() => exchange.recover());
      case 'ringFromOutside':
      case 'stopRinging':
      case 'playBusy':
      case 'breakLoop':
        return house.does(() => exchange[deed.kind]());
      case 'dial':
        this.far.push(
          await house.dials(
            inside([anna, ben][deed.from % 2] ?? anna),
            ['103', '104', '101', '102', '0301', '*90'][deed.to % 6] ?? '103',
          ),
        );
        return;
      case 'wait':
        return house.passes(deed.ms);
      case 'announce':
        return house.does(() => house.legs.announce([{ kind: 'prompt', name: 'notice' }]));
      case 'playbacksEnd':
        for (const leg of [...this.sounds, legId('line1'), ...this.everybody.map((far) => far.leg)])
          house.engine.endPlaybacks(leg);
        return house.settle();
      default:
        return this.onLeg(deed.kind, deed.who);
    }
  }

  get everybody(): FarEnd[] {
    return [...this.far, ...this.house.engine.called];
  }

  private async onLeg(
    kind: 'ring' | 'answer' | 'hold' | 'resume' | 'leave' | 'transfer',
    index: number,
  ): Promise<void> {
    const live = this.everybody.filter(({ progress }) => progress !== 'released');
    const far = live[index % Math.max(1, live.length)];
    if (!far) return;
    await this.house.does(() => {
      if (kind === 'leave') far.hangUp();
      else if (kind === 'transfer') far.transferTo('103');
      else if ((kind === 'ring' || kind === 'answer') && far.calledAs === null) return;
      else far[kind]();
    });
  }

  expectQuietWhereHungUp(): void {
    this.sounds.forEach((sound, index) => {
      if (this.isLifted[index] && this.phones[index as 0 | 1].isReady) return;
      expect(this.house.hears({ leg: sound }), sound).toEqual([]);
      expect(this.house.isTold({ leg: sound }), sound).toEqual([]);
      for (const other of [...this.sounds, legId('line1'), ...this.everybody.map(({ leg }) => leg)])
        expect(this.house.hears({ leg: other }), other).not.toContain(sound);
    });
    if (!this.exchange.isSeized) {
      expect(this.house.hears({ leg: legId('line1') })).toEqual([]);
      for (const { leg } of this.everybody) expect(this.house.hears({ leg })).not.toContain('line1');
    }
  }

  async end(): Promise<void> {
    const { house } = this;
    for (const far of this.everybody) await house.does(() => far.hangUp());
    for (const phone of this.phones) {
      await house.does(() => phone.recover());
      await house.does(() => phone.hangUp());
    }
    await house.does(() => this.exchange.recover());
    await house.does(() => this.exchange.stopRinging());
    await house.does(() => this.exchange.breakLoop());
    for (let i = 0; i < 6; i += 1) await house.passes(61_000);
    for (const far of this.everybody) await house.does(() => far.hangUp());
    for (let i = 0; i < 6; i += 1) await house.passes(61_000);
  }
}

test('whatever is done with telephones and lines, in any order, nothing is heard on hook and nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (all) => {
      const people = await AnalogHouse.open();
      for (const deed of all) {
        await people.do(deed);
        people.expectQuietWhereHungUp();
      }
      await people.end();
      const { house } = people;
      expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
      const { switchboard, monitoring } = house.gateway.world;
      expect([switchboard.calls.size, switchboard.releasing.size, monitoring.sessions.size]).toEqual([0, 0, 0]);
      expect(people.exchange.isSeized).toBe(false);
      expect(house.complaints.filter((text) => !/line|hardware|trunk/i.test(text))).toEqual([]);
      // Everything works again.
      await house.does(() => people.phones[1].lift());
      expect(house.isTold({ leg: legId('phone1') })).toEqual(['dial']);
      await house.does(() => people.phones[1].hangUp());
      await house.does(() => people.exchange.ringFromOutside({ number: '0301', name: '' }));
      expect(
        [...house.gateway.world.switchboard.calls.values()].length + house.gateway.world.monitoring.sessions.size,
      ).toBe(1);
      house.gateway.stop();
      await house.legs.stop();
    }),
    { numRuns: 100 },
  );
});
