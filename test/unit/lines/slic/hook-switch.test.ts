import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type HookSwitch,
  loopChanged,
  nextDeadline,
  restingHook,
  timePassed,
} from '../../../../src/lines/slic/hook-switch.js';

type Step = readonly [isClosed: boolean, ms: number];

/** What is reported while the loop is in these states for so long, with a clock that wakes exactly when something is due. */
function reported(steps: readonly Step[], isRinging = false, begun: HookSwitch = restingHook): readonly string[] {
  const events: string[] = [];
  let [hook, now] = [begun, 0];
  const take = (outcome: ReturnType<typeof timePassed>) => {
    hook = outcome.hook;
    for (const event of outcome.events) events.push(event.type === 'digit' ? event.digit : event.type);
  };
  for (const [isClosed, ms] of steps) {
    take(loopChanged(hook, isClosed, now));
    const end = now + ms;
    for (let due = nextDeadline(hook, isRinging); due !== undefined && due < end; due = nextDeadline(hook, isRinging)) {
      now = due;
      take(timePassed(hook, now, isRinging));
    }
    now = end;
  }
  return events;
}

const lift: Step = [true, 1000];
const pulses = (count: number, breakMs = 60, makeMs = 40): readonly Step[] => [
  ...Array.from({ length: count }, (): readonly Step[] => [
    [false, breakMs],
    [true, makeMs],
  ]).flat(),
  [true, 300],
];

describe('the hook by the timing of the loop', () => {
  it.each([
    [[[true, 29]], []],
    [[[true, 31]], ['offHook']],
    [[lift, [false, 19], lift], ['offHook']],
    [
      [lift, [false, 20], lift],
      ['offHook', '1'],
    ],
    [
      [lift, [false, 87], lift],
      ['offHook', '1'],
    ],
    [
      [lift, [false, 89], lift],
      ['offHook', 'flash'],
    ],
    [
      [lift, [false, 399], lift],
      ['offHook', 'flash'],
    ],
    [
      [lift, [false, 401]],
      ['offHook', 'onHook'],
    ],
    [
      [lift, [false, 401], lift],
      ['offHook', 'onHook', 'offHook'],
    ],
  ] satisfies [Step[], string[]][])('%j is %j', (steps, events) => {
    expect(reported(steps)).toEqual(events);
  });

  it('reads every digit, and takes eleven pulses for none', () => {
    for (let count = 1; count <= 10; count += 1)
      expect(reported([lift, ...pulses(count)])).toEqual(['offHook', String(count % 10)]);
    expect(reported([lift, ...pulses(11)])).toEqual(['offHook']);
    expect(reported([lift, ...pulses(1000)])).toEqual(['offHook']);
  });

  it('tells digits apart by the pause between them', () => {
    expect(reported([lift, ...pulses(1), ...pulses(3), ...pulses(10)])).toEqual(['offHook', '1', '3', '0']);
  });

  it('is not lifted by the current of the bell, but by a handset', () => {
    const bell = Array.from({ length: 50 }, (_, index): Step => [index % 2 === 0, 25]);
    expect(reported(bell, true)).toEqual([]);
    expect(reported([...bell, [true, 70]], true)).toEqual(['offHook']);
  });

  it('neither drops a call nor takes a pulse for a flash when its end is noticed late', () => {
    const open = loopChanged({ ...restingHook, isOffHook: true, isClosed: true }, false, 1000).hook;
    const late = loopChanged(open, true, 3000);
    expect(late.events).toEqual([]);
    expect(late.hook).toMatchObject({ isOffHook: true, pulses: 1 });
  });

  it('alternates between lifted and hung up, whatever the loop does, and ends as the loop does', () => {
    const anyStep = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 900 }));
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), fc.boolean(), (steps, isClosed) => {
        const hooks = reported([...steps, [isClosed, 1000]]).filter((type) => type.endsWith('Hook'));
        expect(hooks).toEqual(hooks.map((_, index) => (index % 2 === 0 ? 'offHook' : 'onHook')));
        expect(hooks.at(-1) ?? 'onHook').toBe(isClosed ? 'offHook' : 'onHook');
      }),
    );
  });
});
