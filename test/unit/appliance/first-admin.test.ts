import { beforeEach, expect, test } from 'vitest';
import { FirstAdmin } from '../../../src/appliance/access.js';

let said: unknown[];
const log = {
  info: (fields: object) => said.push(['info', fields]),
  warn: (fields: object) => said.push(['warn', fields]),
};
const firstAdmin = (access: { oneTimeCode: string | null }) => new FirstAdmin(access, log as never);
const warned = (code: string) => ['warn', { code, advice: { code: 'access.codeUse' } }];
beforeEach(() => {
  said = [];
});

test('the one-time code is said once the box is served, and again only when it is another', () => {
  const access = { oneTimeCode: '1234-5678-9012' };
  const admin = firstAdmin(access);
  expect(said).toEqual([]);
  admin.served();
  admin.served();
  expect(said).toEqual([warned('1234-5678-9012')]);
  access.oneTimeCode = '8765-4321-0987';
  admin.served();
  expect(said.at(-1)).toEqual(warned('8765-4321-0987'));
});

test('while the box is not served, it is said how that is changed, and no code', () => {
  firstAdmin({ oneTimeCode: '1234-5678-9012' }).notServed();
  expect(said).toEqual([['info', { advice: { code: 'access.notServed' } }]]);
});

test('where somebody can sign in, nothing is said', () => {
  const admin = firstAdmin({ oneTimeCode: null });
  admin.served();
  admin.notServed();
  expect(said).toEqual([]);
});
