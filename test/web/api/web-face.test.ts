import { EventEmitter, once } from 'node:events';
import { get } from 'node:http';
import { request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebFace } from '../../../src/appliance/faces/web-face.js';
import { certificateOne } from '../../support/certificates.js';
import { until } from '../../support/waiting.js';

const web = { address: '127.0.0.1', port: 0, encrypted: true, plainPort: null, names: [] };
const logged: unknown[] = [];
const ports: number[] = [];
const log = {
  error: (_: object, text: string) => logged.push(text),
  info(told: { ports: { https: number } }, text: string) {
    ports.push(told.ports.https);
    logged.push(text);
  },
};
let isReadable = false;
const certificate = {
  onChange: () => {},
  get current() {
    if (!isReadable) throw new Error('the disk fails');
    return { kind: 'installed', ...certificateOne };
  },
};
/** Nobody's rights end. */
const access = { onEnded: () => () => {} };
let face: WebFace | undefined;
afterEach(() => face?.stop());

/** Status of the answer to a request by this name. */
const statusBy = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: ports.at(-1), path: '/healthz', rejectUnauthorized: false });
    asked.setHeader('host', host);
    asked.once('response', (answer) => resolve(answer.resume().statusCode)).once('error', reject);
    asked.end();
  });

it('follows the next settings although it could not follow those before', async () => {
  let served = 0;
  face = new WebFace(
    { box: {}, access, certificate, feed: { subscribe: () => () => {} }, log, webPort: null } as never,
    () => {
      served += 1;
    },
  );
  await face.follow({ web, language: 'en' });
  expect([served, logged]).toEqual([0, ['the box cannot be served to browsers and programs']]);
  isReadable = true;
  await face.follow({ web: { ...web, address: '127.0.0.2' }, language: 'en' });
  expect([served, logged.length]).toEqual([1, 2]);
});

it('answers by the names in the settings, and no longer by those that were taken out', async () => {
  isReadable = true;
  const state = () => ({ trunksDown: 0, settings: 'sound', closures: [] });
  const feed = { subscribe: () => () => {} };
  face = new WebFace({ box: { state }, access, certificate, feed, log, webPort: null } as never, () => {});
  await face.follow({ web: { ...web, names: ['PBX.Example.com.', 'phones'] }, language: 'en' });
  expect(await Promise.all(['pbx.example.com', 'phones:8443', 'other', '127.0.0.1'].map(statusBy))).toEqual([
    200, 200, 421, 200,
  ]);
  await face.follow({ web, language: 'en' });
  expect(await statusBy('phones')).toBe(421);
});

it('that stops lets whoever has asked get an answer', async () => {
  isReadable = true;
  const gate = new EventEmitter();
  const asking = once(gate, 'asked');
  const byToken = async () => {
    gate.emit('asked');
    await once(gate, 'open');
    return null;
  };
  const feed = { subscribe: () => () => {} };
  const place = { box: {}, access: { ...access, byToken }, certificate, feed, log, webPort: 0 };
  face = new WebFace(place as never, () => {});
  await face.follow({ web: { ...web, encrypted: false }, language: 'en' });
  const headers = { authorization: 'Bearer token' };
  const answer = fetch(`http://127.0.0.1:${face.address?.port}/api/calls`, { headers });
  await asking;
  const stopped = face.stop();
  // It has begun to stop once those who come now are told so.
  await until('it to stop', async () => (await fetch(`http://127.0.0.1:${face?.address?.port}/`)).status === 503);
  gate.emit('open');
  expect((await answer).status).toBe(401);
  await stopped;
});

it('is served in clear where the settings say so, at the port of the start', async () => {
  isReadable = true;
  const state = () => ({ trunksDown: 0, settings: 'sound', closures: [] });
  const feed = { subscribe: () => () => {} };
  face = new WebFace({ box: { state }, access, certificate, feed, log, webPort: 0 } as never, () => {});
  expect(face.address).toBeNull();
  await face.follow({ web: { ...web, port: 8443, encrypted: false }, language: 'en' });
  expect(face.address).toMatchObject({ address: '127.0.0.1', encrypted: false });
  const status = await new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: face?.address?.port, path: '/healthz' })
      .once('response', (answer) => resolve(answer.resume().statusCode))
      .once('error', reject);
  });
  expect(status).toBe(200);
  expect(face.address?.port).not.toBe(8443);
});

it('knows which ports it could not have, without having moved there', async () => {
  isReadable = true;
  const feed = { subscribe: () => () => {} };
  const state = () => ({ trunksDown: 0, settings: 'sound', closures: [] });
  face = new WebFace({ box: { state }, access, certificate, feed, log, webPort: null } as never, () => {});
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port: taken } = other.address() as AddressInfo;
  const found = async (change: object) =>
    (await face?.obstacles({ web: { ...web, ...change } }))?.map(({ path, code }) => `${path.join('.')} ${code}`);
  await face.follow({ web: { ...web, port: await freePort() }, language: 'en' });
  const own = ports.at(-1) ?? 0;
  expect(await found({ port: own, plainPort: await freePort() })).toEqual([]);
  expect(await found({ port: taken, plainPort: own })).toEqual(['web.port settings.fault.portTaken']);
  expect(await found({ port: own, plainPort: taken })).toEqual(['web.plainPort settings.fault.portTaken']);
  const free = await freePort();
  expect(await found({ port: free, plainPort: free })).toEqual(['web.plainPort settings.fault.portTaken']);
  expect(await found({ address: '192.0.2.1', port: free })).toEqual(['web.address settings.fault.foreignAddress']);
  expect(await found({ port: free, plainPort: taken, encrypted: false })).toEqual([]);
  expect(await face.obstacles({ web: null })).toEqual([]);
  expect(await statusBy('127.0.0.1')).toBe(200);
  other.close();
});

/** One that nobody has just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

it('goes on at the same place when only its language changes', async () => {
  isReadable = true;
  let served = 0;
  const state = () => ({ trunksDown: 0, settings: 'sound', closures: [] });
  const feed = { subscribe: () => () => {} };
  const place = { box: { state }, access, certificate, feed, log, webPort: 0, guide: { isDemo: false } };
  face = new WebFace(place as never, () => {
    served += 1;
  });
  const inClear = { ...web, encrypted: false };
  const refusal = () => fetch(`http://127.0.0.1:${face?.address?.port}/nowhere`).then((answer) => answer.text());
  await face.follow({ web: inClear, language: 'en' });
  const before = face.address;
  const inEnglish = await refusal();
  await face.follow({ web: inClear, language: 'de' });
  expect([face.address, served]).toEqual([before, 1]);
  expect(await refusal()).not.toBe(inEnglish);
});
