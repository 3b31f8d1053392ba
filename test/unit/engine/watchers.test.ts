import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mostAtOnce, PjsuaWatchers, pauseMs } from '../../../src/engine/pjsua/watchers.js';
import { listeningTo } from '../../../src/primitives/busy-lamp.js';
import { extensionNumber } from '../../../src/primitives/ids.js';

/** A registrar whose watchers answer when they are told to. */
class Watched extends EventEmitter {
  readonly told: string[] = [];
  answer: Promise<void> = Promise.resolve();
  notify(subscription: number, _type: string, document: string): Promise<void> {
    const version = /version="(\d+)" state/.exec(document)?.[1];
    this.told.push(`${subscription} ${version} ${/<state>(\w+)/.exec(document)?.[1] ?? 'none'}`);
    return this.answer;
  }
}

const anna = extensionNumber('101');

let registrar: Watched;
let watchers: PjsuaWatchers;

beforeEach(() => {
  vi.useFakeTimers();
  registrar = new Watched();
  watchers = new PjsuaWatchers(registrar as never, 'office');
});
afterEach(() => {
  watchers.stop();
  vi.useRealTimers();
});

const subscribe = (subscription: number, resource = '101') =>
  registrar.emit('subscribed', { subscription, resource, username: '102', expiresIn: 60 });
const pass = (times = 1) => vi.advanceTimersByTimeAsync(times * pauseMs);

describe('those who watch an extension', () => {
  it('are told at once how it is, and then each change', async () => {
    watchers.show(anna, 'talking');
    subscribe(1);
    await pass(0);
    expect(registrar.told).toEqual(['1 0 confirmed']);
    await pass();
    watchers.show(anna, 'idle');
    watchers.show(extensionNumber('103'), 'ringing');
    await pass();
    expect(registrar.told).toEqual(['1 0 confirmed', '1 1 none']);
  });

  it('are told once a second at most, the newest state last, and nothing that is as before', async () => {
    subscribe(1);
    await pass(0);
    for (const lamp of ['ringing', 'talking', 'idle', 'ringing'] as const) watchers.show(anna, lamp);
    await pass(5);
    expect(registrar.told).toEqual(['1 0 none', '1 1 early']);
    watchers.show(anna, 'talking');
    await pass(0);
    watchers.show(anna, 'ringing');
    await pass(5);
    expect(registrar.told).toEqual(['1 0 none', '1 1 early', '1 2 confirmed', '1 3 early']);
  });

  it('see of the listening only that to their own calls', async () => {
    subscribe(1, '*1');
    await pass();
    watchers.show(listeningTo('101'), 'talking');
    await pass();
    expect(registrar.told).toEqual(['1 0 none']);
    watchers.show(listeningTo('102'), 'ringing');
    await pass();
    expect(registrar.told).toEqual(['1 0 none', '1 1 early']);
  });

  it('are told anew when they refresh', async () => {
    subscribe(1);
    await pass(2);
    subscribe(1);
    await pass(0);
    expect(registrar.told).toEqual(['1 0 none', '1 1 none']);
  });

  it('are told nothing more while they have not answered, nor once they are gone', async () => {
    let answered: () => void = () => {};
    registrar.answer = new Promise((resolve) => {
      answered = resolve;
    });
    subscribe(1);
    await pass(0);
    watchers.show(anna, 'ringing');
    await pass(10);
    expect(registrar.told).toEqual(['1 0 none']);
    answered();
    await pass();
    expect(registrar.told).toEqual(['1 0 none', '1 1 early']);
    registrar.emit('unsubscribed', { subscription: 1, reason: 'expired' });
    watchers.show(anna, 'idle');
    await pass(10);
    expect(registrar.told).toHaveLength(2);
  });

  it('are told one after the other where they are many, so that calls have their turn in between', async () => {
    const most = 1000;
    for (let subscription = 1; subscription <= most; subscription += 1) subscribe(subscription);
    await pass(2);
    registrar.told.length = 0;
    watchers.show(anna, 'ringing');
    for (let turn = 0; turn < 10; turn += 1) {
      expect(registrar.told).toHaveLength(turn * mostAtOnce);
      await vi.advanceTimersToNextTimerAsync();
    }
    await pass();
    expect(new Set(registrar.told).size).toBe(most);
  });
});
