import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SipCall } from '../../test/support/sip/call.js';
import { UserAgent } from '../../test/support/sip/user-agent.js';
import { until } from '../../test/support/waiting.js';
import { BoardAdmin } from './board-admin.js';
import { EmulatedBoard } from './emulated-board.js';
import { UpdateServer } from './update-server.js';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const image = (name: string) => fileURLToPath(new URL(`../../build/image/${name}`, import.meta.url));
/** Whatever takes time takes more of it under emulation. */
const patienceMs = 10 * 60_000;
const passwordOf = (number: string) => `secret of ${number}`;

interface UpdateShown {
  readonly running: { readonly version: string };
  readonly latest: { readonly version: string; readonly course: string; readonly fault: string | null } | null;
  readonly percent: number | null;
}

describe('updates on a board', () => {
  let board: EmulatedBoard;
  let admin: BoardAdmin;
  let server: UpdateServer;
  const phones: UserAgent[] = [];
  const shown = async () => (await admin.expectOk('GET', '/update')) as UpdateShown;
  const upload = async (path: string) => admin.expectOk('POST', '/update/upload', await readFile(path));
  /** The slots that were started since then. */
  const started = () => [...board.console.matchAll(/Modcall: starts slot ([AB])/g)].map(([, slot]) => slot);
  const phone = async (number: string) => {
    const credentials = { username: number, password: passwordOf(number) };
    const address = { protocol: 'udp', address: '127.0.0.1', port: board.ports.sip } as const;
    const agent = await UserAgent.open({ server: address, credentials, goesThroughServer: true });
    phones.push(agent);
    expect(await agent.register()).toMatchObject({ status: 200 });
    return agent;
  };
  /** A call between two phones; what its caller sees of it. */
  const talk = async (): Promise<SipCall> => {
    const [caller, callee] = [await phone('201'), await phone('202')];
    callee.onCall = (call) => call.accept();
    const call = await caller.call('202');
    await until('the two to talk', () => call.state === 'talking', patienceMs);
    return call;
  };
  const untilCourse = (course: string) =>
    until(`the update to be ${course}`, async () => (await shown()).latest?.course === course, patienceMs);
  const names = async () => {
    const { settings } = (await admin.expectOk('GET', '/settings')) as {
      readonly settings: { readonly extensions: readonly { readonly name: string }[] };
    };
    return settings.extensions.map(({ name }) => name);
  };

  beforeAll(async () => {
    await run('bash', [script('later.sh'), 'later', '0.8.0']);
    await run('bash', [script('later.sh'), 'dying', '0.9.0', '#!/bin/sh\nexit 1']);
    board = await EmulatedBoard.withNewCard();
    await run('bash', [script('forge.sh'), board.folder]);
    await board.switchOn();
    admin = await BoardAdmin.of(board);
    for (const number of ['201', '202']) {
      const extension = { name: `${number}, kept over updates`, password: passwordOf(number) };
      await admin.expectOk('PUT', `/extensions/${number}`, extension, '*');
    }
    server = await UpdateServer.open({
      '/later.raucb': image('later.raucb'),
      '/forged.raucb': join(board.folder, 'forged.raucb'),
    });
    await board.untilSh('SSH', 'true');
    await server.becomeTrustedBy(board);
  });
  afterAll(async () => {
    for (const agent of phones) agent.close();
    server?.close();
    admin?.close();
    await board?.remove();
  });

  it('refuses one that somebody else has signed, sent to it or streamed', async () => {
    await upload(join(board.folder, 'forged.raucb'));
    for (const source of ['uploaded', server.addressOf('/forged.raucb')]) {
      const answer = await admin.ask('POST', '/update/install', { source, when: 'idle' });
      expect(answer, source).toMatchObject({ body: { code: 'update.otherSigner' } });
    }
    expect(await shown()).toMatchObject({ latest: null });
  });

  it('streams one from a web server while a call runs, is by it once that has ended, and has its settings', async () => {
    await board.untilConsole('the first slot to be kept', /marked slot system\.0 as good/);
    const call = await talk();
    board.forgetConsole();
    await admin.expectOk('POST', '/update/install', { source: server.addressOf('/later.raucb'), when: 'idle' });
    expect(await shown()).toMatchObject({ latest: { version: '0.8.0', course: 'running' } });
    await untilCourse('waiting');
    expect(server.sent).toBeGreaterThan((await stat(image('later.raucb'))).size / 2);
    expect(call.state).toBe('talking');
    expect(started()).toEqual([]);
    call.hangUp();
    await board.untilConsole('the second slot to be kept', /marked slot system\.1 as good/);
    expect(started()).toEqual(['B']);
    await admin.signIn();
    expect(await shown()).toMatchObject({ running: { version: '0.8.0' }, latest: { course: 'inUse' } });
    expect(await names()).toContain('201, kept over updates');
  });

  it('goes back by itself from one whose Modcall dies, and says so', async () => {
    board.forgetConsole();
    await upload(image('dying.raucb'));
    await admin.expectOk('POST', '/update/install', { source: 'uploaded', when: 'idle' });
    await board.untilConsole('the slot before it to be started', /starts slot A[\s\S]*starts slot B/);
    expect(started()).toEqual(['A', 'A', 'A', 'B']);
    await admin.signIn();
    // What installs updates is asked for it after the start.
    await untilCourse('fellBack');
    expect(await shown()).toMatchObject({ running: { version: '0.8.0' }, latest: { version: '0.9.0' } });
    const { faults } = (await admin.expectOk('GET', '/state')) as {
      readonly faults: readonly { readonly code: string }[];
    };
    expect(faults.map(({ code }) => code)).toContain('update.fellBack');
    const { entries } = (await admin.expectOk('GET', '/audit?type=updateFellBack')) as {
      readonly entries: readonly { readonly fact: unknown }[];
    };
    expect(entries).toMatchObject([{ fact: { type: 'updateFellBack', version: '0.9.0' } }]);
    expect(await names()).toContain('201, kept over updates');
  });
});
