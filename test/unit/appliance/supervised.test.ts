import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Attendant, Supervised } from '../../../src/appliance/supervised.js';

class Worker implements Attendant {
  isStopped = false;
  lose: (reason: string) => void = () => {};

  onLost(listener: (reason: string) => void): void {
    this.lose = listener;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
  }
}

describe('what is supervised', () => {
  let workers: Worker[];
  let told: string[];
  let failures: number;

  beforeEach(() => {
    vi.useFakeTimers();
    workers = [];
    told = [];
    failures = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const start = () =>
    Supervised.start({
      begin: async () => {
        if (failures > 0) {
          failures -= 1;
          throw new Error('no luck');
        }
        const worker = new Worker();
        workers.push(worker);
        return worker;
      },
      onLost: (reason, pauseMs) => told.push(`${reason}, ${pauseMs} ms`),
      onBack: () => told.push('back'),
    });

  it('is restarted when it is lost, and both are reported', async () => {
    const supervised = await start();
    workers[0]?.lose('crashed');
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual(['crashed, 1000 ms', 'back']);
    expect(supervised.attendant).toBe(workers[1]);
  });

  it('has longer and longer pauses, up to a minute, while it is lost again and again', async () => {
    await start();
    failures = 8;
    workers[0]?.lose('crashed');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(told.map((text) => /\d+ ms|back/.exec(text)?.[0])).toEqual([
      ...['1000 ms', '2000 ms', '4000 ms', '8000 ms', '16000 ms', '32000 ms', '60000 ms', '60000 ms', '60000 ms'],
      'back',
    ]);
  });

  it('has short pauses again after it has run for a while', async () => {
    await start();
    workers[0]?.lose('crashed');
    await vi.advanceTimersByTimeAsync(100_000);
    workers[1]?.lose('crashed');
    expect(told.at(-1)).toBe('crashed, 1000 ms');
  });

  it('is not restarted once it is stopped', async () => {
    const supervised = await start();
    workers[0]?.lose('crashed');
    await supervised.stop();
    workers[0]?.lose('late');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(workers).toHaveLength(1);
    expect(told).toEqual(['crashed, 1000 ms']);
  });

  it('can be stopped while another one begins', async () => {
    const supervised = await start();
    workers[0]?.lose('crashed');
    vi.advanceTimersByTime(1000);
    await supervised.stop();
    expect(workers[1]?.isStopped).toBe(true);
  });

  it('fails to start if the first cannot begin', async () => {
    failures = 1;
    await expect(start()).rejects.toThrow('no luck');
  });
});
