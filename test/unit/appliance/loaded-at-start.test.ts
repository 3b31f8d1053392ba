import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadedWith } from '../../../scripts/lint/loaded-with.js';

const source = fileURLToPath(new URL('../../../src', import.meta.url));

it('loads nothing of the server for browsers and programs before telephony runs: it is as large as the rest', () => {
  const loaded = [...loadedWith(source, 'appliance/appliance.ts')];
  expect(loaded).toContain('gateway/gateway.ts');
  const large =
    /^(hono|@hono\/.*|node:https?|node:http2|uqr|web\/(?!access\/access|events\/feed).*|.*-operations\.ts)$/;
  expect(loaded.filter((each) => large.test(each))).toEqual([]);
});
