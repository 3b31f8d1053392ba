import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSite, type Site } from '../../../src/web/site/site.js';
import { NoteWeb } from '../../support/web.js';

const mostBytesAtFirst = 100_000;

let site: Site;
let web: NoteWeb;

beforeAll(async () => {
  site = await readSite(fileURLToPath(new URL('../../../dist/web/page', import.meta.url)));
  web = await NoteWeb.open({}, {}, undefined, site);
});
afterAll(() => web.close());

/** What the first file names is loaded with it; the rest comes when it is asked for. */
const namedIn = (html: string): readonly string[] =>
  [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);

describe('the files of the page', () => {
  it('begin with one that nobody keeps, which names the others', async () => {
    const { status, headers, text } = await web.ask('/');
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    const named = namedIn(text);
    expect(named.length).toBeGreaterThan(2);
    for (const path of named) {
      const answer = await web.ask(path);
      expect([path, answer.status, answer.headers['cache-control']]).toEqual([
        path,
        200,
        'public, max-age=31536000, immutable',
      ]);
    }
  });

  it('are sent compressed to those who take that, and are the same', async () => {
    for (const [path, { plain, gzip }] of site) {
      const packed = await web.ask(path, { headers: { 'accept-encoding': 'br, gzip' } });
      expect([packed.headers['content-encoding'], packed.headers['content-length']]).toEqual([
        'gzip',
        String(gzip.length),
      ]);
      for (const coding of ['', 'identity', 'gzip;q=0']) {
        const answer = await web.ask(path, { headers: { 'accept-encoding': coding } });
        expect([answer.headers['content-encoding'], answer.text]).toEqual([undefined, plain.toString()]);
      }
      expect(gunzipSync(gzip).equals(plain)).toBe(true);
    }
  });

  it('are small: all that is loaded at first is far below what a slow line takes a second for', async () => {
    const { text } = await web.ask('/');
    const loaded = ['/', ...namedIn(text)].flatMap((path) => site.get(path) ?? []);
    const bytes = loaded.reduce((sum, { gzip }) => sum + gzip.length, 0);
    expect(loaded.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(mostBytesAtFirst);
  });

  it('come with a policy that lets no text become a script', async () => {
    const { headers } = await web.ask('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
    expect(policy).not.toMatch(/unsafe|data:|\*/);
  });

  it.each([
    '/files.json',
    '/index.html',
    '/assets',
    '/assets/',
    '/index.html.gz',
    '/assets/..;/files.json',
    '/main.tsx',
  ])('are not at %s', async (path) => {
    expect((await web.ask(path)).status).toBe(404);
  });

  it('answer a person who has mistyped an address, where programs are told that there is nothing', async () => {
    const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const page = await web.ask('/');
    const answer = await web.ask('/live', { headers: browser });
    expect([answer.status, answer.text, answer.headers['content-security-policy']]).toEqual([
      404,
      page.text,
      page.headers['content-security-policy'],
    ]);
    for (const [path, accept] of [
      ['/live', '*/*'],
      ['/live', 'text/html;q=0'],
      ['/assets/gone.js', '*/*'],
      ['/api/nothing', browser.accept],
      ['/api', browser.accept],
    ] as const) {
      const other = await web.ask(path, { headers: { accept } });
      expect([path, other.status, other.headers['content-type']]).toEqual([path, 404, 'application/problem+json']);
    }
  });

  it.each(['/%2e%2e/package.json', '//assets', '/assets/%2e%2e%2ffiles.json', '/assets%5c..%5cfiles.json'])(
    'are not to be had by the trick of %s',
    async (path) => {
      expect((await web.ask(path)).status).toBe(400);
    },
  );

  it('take nothing but questions', async () => {
    const answer = await web.ask('/', { method: 'POST', headers: { 'x-modcall': '1' }, body: {} });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'HEAD, GET']);
    const head = await web.ask('/', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('are asked for by name only: there is no list, and no other folder', async () => {
    await expect(readSite('/nowhere')).rejects.toThrow('ENOENT');
  });
});
