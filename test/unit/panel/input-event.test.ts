import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactsOf } from '../../../src/panel/input-event.js';
import { inputEvents } from '../../support/board/fake-panel.js';

const [sync, key] = [0, 1];

describe('input events', () => {
  it('are presses and releases of the one key', () => {
    const structs = inputEvents(
      [key, 148, 1],
      [sync, 0, 0],
      [key, 149, 1],
      [key, 148, 2],
      [2, 148, 1],
      [key, 148, 0],
      [sync, 0, 0],
    );
    expect(contactsOf(148, structs)).toEqual([true, false]);
    expect(contactsOf(149, structs)).toEqual([true]);
  });

  it('are never made out of half a struct', () => {
    const structs = inputEvents([key, 148, 1], [key, 148, 0]);
    expect(contactsOf(148, structs.subarray(0, 47))).toEqual([true]);
    expect(contactsOf(148, structs.subarray(0, 23))).toEqual([]);
  });

  it('are no more than there are structs, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.integer({ min: 1, max: 767 }), (octets, code) => {
        expect(contactsOf(code, Buffer.from(octets)).length).toBeLessThanOrEqual(octets.length / 24);
      }),
    );
  });
});
