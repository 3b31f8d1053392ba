import { describe, expect, it } from 'vitest';
import { OptionError, parseOptions } from '../options.js';
import { makePlan } from '../plan.js';

describe('options of the bench', () => {
  it('have defaults', () => {
    expect(parseOptions([])).toMatchObject({
      calls: [10, 25, 50],
      modes: ['plain', 'listen', 'whisper', 'barge'],
      seconds: 15,
      quick: false,
    });
  });

  it('put calls and modes into order, without repetitions', () => {
    const { calls, modes } = parseOptions(['--calls', '50,10,50', '--modes', 'barge,plain', '--json', 'x.json']);
    expect(calls).toEqual([10, 50]);
    expect(modes).toEqual(['plain', 'barge']);
  });

  it.each([
    [['--calls', '0'], '--calls: "0" is not a whole number from 1 to 250'],
    [['--calls', '10,x'], '--calls: "x"'],
    [['--seconds', '1.5'], '--seconds: "1.5"'],
    [['--modes', 'listen,sing'], '--modes: "sing" is none of plain, listen, whisper, barge'],
    [['--louder'], '--louder'],
  ])('refuse %j', (given, message) => {
    expect(() => parseOptions(given)).toThrow(OptionError);
    expect(() => parseOptions(given)).toThrow(message);
  });
});

describe('plan of a run', () => {
  it('measures each mode at each number of calls', () => {
    const { loads } = makePlan(parseOptions(['--calls', '2,4', '--modes', 'plain,listen']));
    expect(loads.map(({ calls, mode, moderatorsPerCall }) => [calls, mode, moderatorsPerCall])).toEqual([
      [2, 'plain', 0],
      [2, 'listen', 1],
      [4, 'plain', 0],
      [4, 'listen', 1],
    ]);
  });

  it('leaves out what takes long when it is to be quick', () => {
    expect(makePlan(parseOptions(['--quick']))).toMatchObject({
      mostCalls: 0,
      moderatorSweep: [],
      codecSweep: [],
      rounds: 1,
    });
  });

  it.each([[[]], [['--quick']]])('sets up enough phones (%j)', (given) => {
    const plan = makePlan(parseOptions(given));
    const points = [...plan.loads, ...plan.moderatorSweep, ...plan.codecSweep];
    const needed = points.map(({ calls, moderatorsPerCall }) => calls * Math.max(1, moderatorsPerCall));
    expect(plan.phones).toBeGreaterThanOrEqual(Math.max(plan.mostCalls, ...needed));
  });
});
