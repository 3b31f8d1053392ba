import { describe, expect, it } from 'vitest';
import { HeldPart } from '../../../src/parts/held-part.js';

/** A part whose hardware can fail with a reason, and what is told of it. */
function bench() {
  const bench = {
    fault: null as string | null,
    opened: 0,
    closed: 0,
    told: [] as (string | null)[],
    check() {
      if (bench.fault !== null) throw new Error(bench.fault);
    },
    close() {
      bench.closed += 1;
    },
  };
  const part = new HeldPart(
    () => {
      bench.check();
      bench.opened += 1;
      return bench;
    },
    (trouble) => bench.told.push(trouble?.reason ?? null),
  );
  return { bench, part };
}

describe('a part that is kept open', () => {
  it('is reported once for each reason, and once when it works again', () => {
    const { bench: hardware, part } = bench();
    for (const fault of [null, 'gone', 'gone', 'taken', null, null]) {
      hardware.fault = fault;
      part.keepUp();
    }
    expect(hardware.told).toEqual(['gone', 'taken', null]);
    expect([hardware.opened, hardware.closed]).toEqual([2, 1]);
  });

  it('is not opened by use, and is released when use fails', () => {
    const { bench: hardware, part } = bench();
    part.use(() => expect.unreachable('it is not held'));
    part.keepUp();
    part.use(() => {
      throw new Error('unplugged');
    });
    expect(hardware.told).toEqual(['unplugged']);
    expect([hardware.opened, hardware.closed]).toEqual([1, 1]);
    part.keepUp();
    expect(hardware.told).toEqual(['unplugged', null]);
  });
});
