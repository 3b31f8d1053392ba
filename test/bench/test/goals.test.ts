import { describe, expect, it } from 'vitest';
import { judge } from '../goals.js';
import { sampleRun, sampleSystem } from './sample-run.js';

const verdict = (goal: string, run = sampleRun()) => judge(run).find((each) => each.goal === goal);

describe('goals', () => {
  it('are met or missed by the ratio to the peer', () => {
    expect(verdict('CPU, plain')).toMatchObject({ isMet: true, worst: { ratio: 0.5, at: '10 calls' } });
    expect(verdict('CPU, one listener a call')).toMatchObject({ isMet: false, wanted: 0.35, worst: { ratio: 0.5 } });
    expect(verdict('calls with a listener each')).toMatchObject({
      isMet: false,
      worst: { ratio: 2, ours: 160, theirs: 80 },
    });
  });

  it('look at the median of several starts', () => {
    expect(verdict('memory idle')).toMatchObject({ worst: { ours: 50, theirs: 100 } });
    expect(verdict('start to first REGISTER answered')).toMatchObject({ worst: { ours: 500, theirs: 1000 } });
  });

  it('take the worst of all points', () => {
    const slow = sampleSystem('Modcall', 0.5);
    const loads = slow.loads.map((load) => {
      const parties = load.delays.parties?.packet;
      if (load.point.mode !== 'plain' || !parties) return load;
      const packet = { ...parties, p95: 4 };
      return { ...load, delays: { parties: { packet, aligned: packet } } };
    });
    const run = sampleRun({ modcall: { ...slow, loads } });
    expect(verdict('delay between the parties, plain', run)).toMatchObject({
      isMet: false,
      worst: { at: '10 calls, p95', ratio: 2 },
    });
  });

  it('compare with the bare relay where that was measured', () => {
    expect(verdict('CPU, plain, against the bare relay')).toMatchObject({ isMet: false, worst: { ratio: 2.5 } });
    expect(verdict('CPU, plain, against the bare relay', sampleRun({ floor: [] }))).toMatchObject({
      worst: undefined,
      isMet: false,
    });
  });

  it('are open without a peer', () => {
    expect(verdict('CPU, plain', sampleRun({ asterisk: undefined }))).toMatchObject({ worst: undefined });
  });
});
