import { afterEach, expect, it } from 'vitest';
import { WebFace } from '../../../src/appliance/faces/web-face.js';
import { certificateOne } from '../../support/certificates.js';

const web = { address: '127.0.0.1', port: 0, plainPort: null };
const logged: unknown[] = [];
const log = {
  error: (_: object, text: string) => logged.push(text),
  info: (_: object, text: string) => logged.push(text),
};
let isReadable = false;
const certificate = {
  onChange: () => {},
  get current() {
    if (!isReadable) throw new Error('the disk fails');
    return { kind: 'installed', ...certificateOne };
  },
};
let face: WebFace | undefined;
afterEach(() => face?.stop());

it('follows the next settings although it could not follow those before', async () => {
  let served = 0;
  face = new WebFace({ access: {}, certificate, feed: { subscribe: () => () => {} }, log } as never, () => {
    served += 1;
  });
  await face.follow({ web, language: 'en' });
  expect([served, logged]).toEqual([0, ['the box cannot be served to browsers and programs']]);
  isReadable = true;
  await face.follow({ web: { ...web, address: '127.0.0.2' }, language: 'en' });
  expect([served, logged.length]).toEqual([1, 2]);
});
