import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differentParts,
  hardwareIdFromBytes,
  hardwareIdText,
  readHardwareId,
  sameHardwareId,
} from '../../../src/licensing/hardware-id.js';
import { boxId, keyOf, otherId, ownId } from './vendor.js';

const id = fc.uint8Array({ minLength: 15, maxLength: 15 }).map((bytes) => hardwareIdFromBytes(bytes, 1) ?? ownId);

describe('a hardware ID', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(id, (each) => {
        const reading = readHardwareId(` ${hardwareIdText(each).toLowerCase()}\n`);
        return reading.ok && sameHardwareId(reading.id, each);
      }),
    );
  });

  it('has a prefix and six groups', () => {
    expect(hardwareIdText(ownId)).toMatch(/^MH1(-[0-9A-Z]{5}){6}$/);
  });

  it('says which part differs', () => {
    expect(differentParts(ownId, ownId)).toEqual([]);
    expect(differentParts(ownId, boxId('1000000012345678', 'b'))).toEqual(['key']);
    expect(differentParts(ownId, boxId('1000000012345679'))).toEqual(['cpu']);
    expect(differentParts(ownId, otherId)).toEqual(['cpu', 'key']);
  });

  it.each([
    ['without its prefix', hardwareIdText(ownId).slice(4), { kind: 'wrongPrefix' }],
    ['with the prefix of a licence key', hardwareIdText(ownId).replace('MH1', 'ML1'), { kind: 'wrongPrefix' }],
    ['that is a licence key', keyOf(), { kind: 'wrongPrefix' }],
    ['that ends early', hardwareIdText(ownId).slice(0, -6), { kind: 'wrongLength', groups: 5 }],
    ['that is only the prefix', 'MH1-', { kind: 'wrongLength', groups: 0 }],
    ['that is empty', '', { kind: 'wrongPrefix' }],
  ])('%s is refused', (_name, text, problem) => {
    expect(readHardwareId(text)).toEqual({ ok: false, problem });
  });

  it('never takes any one changed character for another ID', () => {
    const text = hardwareIdText(ownId);
    for (let place = 0; place < text.length; place++) {
      for (const character of '0123456789ABCDEFGHJKMNPQRSTVWXYZ?U') {
        const reading = readHardwareId(text.slice(0, place) + character + text.slice(place + 1));
        if (reading.ok) expect(sameHardwareId(reading.id, ownId)).toBe(true);
      }
    }
  });
});
