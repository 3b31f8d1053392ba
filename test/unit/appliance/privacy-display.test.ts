import { expect, test } from 'vitest';
import { PrivacyDisplay } from '../../../src/appliance/privacy-display.js';

test('a display learns how much privacy is left, also one that comes later or replaces another', () => {
  let now = 1000;
  const privacy = new PrivacyDisplay(() => now);
  privacy.show(61_000);
  const shown: (number | null)[] = [];
  const display = { showPrivacy: (forMs: number | null) => shown.push(forMs) };
  privacy.attach(display);
  now = 31_000;
  privacy.show(61_000);
  privacy.attach(display);
  privacy.show(null);
  expect(shown).toEqual([60_000, 30_000, null]);
});
