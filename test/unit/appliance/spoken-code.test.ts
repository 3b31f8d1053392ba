import { expect, test } from 'vitest';
import { SpokenCode } from '../../../src/appliance/spoken-code.js';
import { portId } from '../../../src/primitives/ids.js';

const [handset, phone] = [portId('handset'), portId('phone1')];

test('the one-time code is told at the handset of the box alone, and only while there is one and where to use it', () => {
  const access: { oneTimeCode: string | null } = { oneTimeCode: '1234-5678-9012' };
  let isServed = false;
  const code = new SpokenCode('handset', () => isServed);
  isServed = true;
  expect(code.at(handset)).toBeNull();
  code.of(access);
  expect(JSON.stringify(code.at(handset))).toContain('1234-5678-9012');
  expect(code.at(phone)).toBeNull();
  isServed = false;
  expect(code.at(handset)).toBeNull();
  isServed = true;
  access.oneTimeCode = null;
  expect(code.at(handset)).toBeNull();
});

test('a board without a handset tells it nowhere', () => {
  const code = new SpokenCode(null, () => true);
  code.of({ oneTimeCode: '1234-5678-9012' });
  expect([code.at(handset), code.at(phone)]).toEqual([null, null]);
});
