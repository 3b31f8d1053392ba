import { expect, test } from 'vitest';
import { BoardDisplay } from '../../../src/appliance/board-display.js';
import { portLabels } from '../../../src/appliance/port-labels.js';
import type { PortLabels } from '../../../src/simulator/board/notice.js';
import { settingsSchema } from '../../../src/store/settings/settings-schema.js';

test('a display learns how much privacy is left, also one that comes later or replaces another', () => {
  let now = 1000;
  const kept = new BoardDisplay(() => now);
  kept.showPrivacy(61_000);
  const shown: (number | null)[] = [];
  const display = { showPrivacy: (forMs: number | null) => shown.push(forMs), showLabels: () => {} };
  kept.attach(display);
  now = 31_000;
  kept.showPrivacy(61_000);
  kept.attach(display);
  kept.showPrivacy(null);
  expect(shown).toEqual([60_000, 30_000, null]);
});

test('a display learns what the ports are used for, also one that comes later or replaces another', () => {
  const [before, after] = [{ phone1: { name: 'Anna', number: '121' } }, {}];
  const kept = new BoardDisplay(() => 0);
  kept.showLabels(before);
  const shown: PortLabels[] = [];
  const display = { showPrivacy: () => {}, showLabels: (labels: PortLabels) => shown.push(labels) };
  kept.attach(display);
  kept.showLabels(after);
  kept.attach(display);
  expect(shown).toEqual([before, after, after]);
});

test('a port is labelled with its extension, or with its exchange line and what is dialled to call out by it', () => {
  const { shape } = settingsSchema;
  const settings = {
    extensions: shape.extensions.parse([{ number: '121', name: 'Anna', password: 'abcdefghijkmnopq' }]),
    analogPhones: shape.analogPhones.parse([{ fxs: 'phone1', extension: '121' }]),
    trunks: shape.trunks.parse([
      { kind: 'analog', id: 'city', name: 'City', fxo: 'line1', prefix: '0', inbound: { extension: '121' } },
    ]),
  };
  expect(portLabels(settings)).toEqual({
    phone1: { name: 'Anna', number: '121' },
    line1: { name: 'City', number: '0' },
  });
});
