import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatheredMs, type Listener, PhoneNews } from '../../../../src/admin/phones/phone-news.js';
import { contactId } from '../../../../src/primitives/ids.js';

const phone = (id: string, digest: string, contacts = [`of-${id}`]): Listener => ({
  ...{ id, digest, event: 'check-sync' },
  contacts: contacts.map(contactId),
});

let outdated: readonly Listener[];
let told: string[];
let refused: string[];
let refuses: boolean;
let news: PhoneNews;

beforeEach(() => {
  vi.useFakeTimers();
  [outdated, told, refused, refuses] = [[], [], [], false];
  news = new PhoneNews({
    outdated: () => outdated,
    async tell(contact, event) {
      told.push(`${contact} ${event}`);
      if (refuses) throw new Error('no');
    },
    onRefused: (id) => refused.push(id),
  });
});
afterEach(() => {
  news.stop();
  vi.useRealTimers();
});

const changed = async (...phones: readonly Listener[]) => {
  outdated = phones;
  news.changed();
  await vi.advanceTimersByTimeAsync(gatheredMs);
};

describe('phones whose configuration has changed', () => {
  it('are told once for many changes in a row', async () => {
    outdated = [phone('a', '1')];
    for (let change = 0; change < 20; change += 1) news.changed();
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(10 * gatheredMs);
    expect(told).toEqual(['of-a check-sync']);
  });

  it('are told again only when it is another one, whether or not they agree', async () => {
    refuses = true;
    await changed(phone('a', '1'));
    await changed(phone('a', '1'));
    expect([told.length, refused]).toEqual([1, ['a']]);
    await changed(phone('a', '2'));
    expect(told).toHaveLength(2);
  });

  it('are told of what they were told before, once they have had another one in between', async () => {
    await changed(phone('a', '1'));
    await changed();
    await changed(phone('a', '1'));
    expect(told).toHaveLength(2);
  });

  it('are told when they are there: one without a registration is not', async () => {
    await changed(phone('a', '1', []));
    expect(told).toEqual([]);
    await changed(phone('a', '1'));
    expect(told).toHaveLength(1);
  });

  it('do not keep the box waiting all at once', async () => {
    await changed(...Array.from({ length: 50 }, (_, index) => phone(`p${index}`, '1')));
    expect(new Set(told).size).toBe(50);
  });

  it('are left alone once the box stops', async () => {
    outdated = [phone('a', '1')];
    news.changed();
    news.stop();
    await vi.advanceTimersByTimeAsync(10 * gatheredMs);
    expect(told).toEqual([]);
  });
});

it('tells how many registrations of a phone have agreed', async () => {
  expect(await news.tell(phone('a', '1', ['x', 'y']))).toBe(2);
  refuses = true;
  expect(await news.tell(phone('a', '1', ['x', 'y']))).toBe(0);
});
