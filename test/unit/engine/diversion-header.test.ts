import { expect, test } from 'vitest';
import { diversionHeader } from '../../../src/engine/pjsua/diversion-header.js';

const diverted = { by: '493055510', to: '*31#0170', host: 'provider.example' };

test('a trunk is told who has forwarded a call by the header that it wants', () => {
  expect(diversionHeader('none', diverted)).toEqual({});
  expect(diversionHeader('diversion', diverted)).toEqual({ Diversion: '<sip:493055510@provider.example>' });
  expect(diversionHeader('historyInfo', diverted)).toEqual({
    'History-Info': '<sip:493055510@provider.example>;index=1, <sip:*31%230170@provider.example>;index=1.1;mp=1',
  });
});
