import { beforeAll, describe, expect, it } from 'vitest';
import { extensionNumber } from '../../../../src/primitives/ids.js';
import { isSimple } from '../../../../src/primitives/pin-rules.js';
import { hashPin, openPins, type PinHashes, pinHashPattern, saltOf } from '../../../../src/store/settings/pins.js';

const anna = extensionNumber('4711');
const ben = extensionNumber('102');

async function hashed(pin: string, number = anna, hashes: PinHashes = new Map()): Promise<string> {
  const result = await hashPin(pin, number, hashes);
  if (!result.ok) throw new Error(result.fault);
  return result.hash;
}

describe('PINs', () => {
  let hashes: PinHashes;
  beforeAll(async () => {
    const first = await hashed('583920');
    hashes = new Map([
      [anna, first],
      [ben, await hashed('2468', ben, new Map([[anna, first]]))],
    ]);
  });

  it('says whose PIN it is', async () => {
    const pins = openPins(hashes);
    expect(await pins.identify('583920')).toBe(anna);
    expect(await pins.identify('2468')).toBe(ben);
  });

  it.each(['583921', '58392', '5839200', '', '583920#', '24680'])('knows nobody with %s', async (pin) => {
    expect(await openPins(hashes).identify(pin)).toBeNull();
  });

  it('knows nobody where nobody has a PIN', async () => {
    expect(await openPins(new Map()).identify('583920')).toBeNull();
  });

  it('keeps neither the PIN nor an unsalted trace of it', () => {
    const [first = '', second = ''] = hashes.values();
    expect(first).toMatch(pinHashPattern);
    expect(first).not.toContain('583920');
    expect(saltOf(first)).toBe(saltOf(second));
  });

  it('takes another salt on another box', async () => {
    expect(saltOf(await hashed('583920'))).not.toBe(saltOf(await hashed('583920')));
  });

  it.each(['123', '12345678901', '12a4', '٣٤٥٦', '', ' 5839'])('refuses %s for its form', async (pin) => {
    expect(await hashPin(pin, anna, hashes)).toEqual({ ok: false, fault: 'wrongLength' });
  });

  it.each(['0000', '7777777', '1234', '4321', '7890', '2109', '0123456789', '4711'])(
    'refuses %s as too simple',
    async (pin) => {
      expect(await hashPin(pin, anna, hashes)).toEqual({ ok: false, fault: 'tooSimple' });
    },
  );

  it('refuses the PIN of another moderator, and takes the own one again', async () => {
    expect(await hashPin('2468', anna, hashes)).toEqual({ ok: false, fault: 'taken' });
    expect(await hashPin('583920', anna, hashes)).toEqual({ ok: true, hash: hashes.get(anna) });
  });

  it('lets ordinary PINs pass', () => {
    expect(['1235', '1357', '9081', '112233'].filter(isSimple)).toEqual([]);
  });
});
