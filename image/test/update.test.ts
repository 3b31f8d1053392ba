import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../test/support/waiting.js';
import { BoardAdmin } from './board-admin.js';
import { EmulatedBoard } from './emulated-board.js';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const image = (name: string) => fileURLToPath(new URL(`../../build/image/${name}`, import.meta.url));
interface UpdateShown {
  readonly running: { readonly version: string };
  readonly latest: { readonly version: string; readonly course: string; readonly fault: string | null } | null;
  readonly percent: number | null;
}

describe('updates on a board', () => {
  let board: EmulatedBoard;
  let admin: BoardAdmin;
  const shown = async () => (await admin.expectOk('GET', '/update')) as UpdateShown;
  const upload = async (path: string) => admin.expectOk('POST', '/update/upload', await readFile(path));
  /** The slots that were started since then. */
  const started = () => [...board.console.matchAll(/Modcall: starts slot ([AB])/g)].map(([, slot]) => slot);
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
    await admin.expectOk('PUT', '/extensions/201', { name: 'Kept over updates', password: 'generate' }, '*');
  });
  afterAll(async () => {
    admin?.close();
    await board?.remove();
  });

  it('refuses one that somebody else has signed', async () => {
    await upload(join(board.folder, 'forged.raucb'));
    const order = { source: 'uploaded', when: 'idle' };
    expect(await admin.ask('POST', '/update/install', order)).toMatchObject({ body: { code: 'update.otherSigner' } });
    expect(await shown()).toMatchObject({ latest: null });
  });

  it('installs one while phones are answered, and is by it after a restart, with its settings', async () => {
    await board.untilConsole('the first slot to be kept', /marked slot system\.0 as good/);
    board.forgetConsole();
    await upload(image('later.raucb'));
    await admin.expectOk('POST', '/update/install', { source: 'uploaded', when: 'idle' });
    expect(await shown()).toMatchObject({ latest: { version: '0.8.0', course: 'running' } });
    expect(await board.askSip()).toBe('SIP/2.0 200 OK');
    await board.untilConsole('the second slot to be kept', /marked slot system\.1 as good/);
    expect(started()).toEqual(['B']);
    await admin.signIn();
    expect(await shown()).toMatchObject({ running: { version: '0.8.0' }, latest: { course: 'inUse' } });
    expect(await names()).toContain('Kept over updates');
  });

  it('goes back by itself from one whose Modcall dies, and says so', async () => {
    board.forgetConsole();
    await upload(image('dying.raucb'));
    await admin.expectOk('POST', '/update/install', { source: 'uploaded', when: 'idle' });
    await board.untilConsole('the slot before it to be started', /starts slot A[\s\S]*starts slot B/);
    expect(started()).toEqual(['A', 'A', 'A', 'B']);
    await admin.signIn();
    // What installs updates is asked for it after the start.
    await until('the update to be given up', async () => (await shown()).latest?.course === 'fellBack');
    expect(await shown()).toMatchObject({ running: { version: '0.8.0' }, latest: { version: '0.9.0' } });
    const { faults } = (await admin.expectOk('GET', '/state')) as {
      readonly faults: readonly { readonly code: string }[];
    };
    expect(faults.map(({ code }) => code)).toContain('update.fellBack');
    const { entries } = (await admin.expectOk('GET', '/audit?type=updateFellBack')) as {
      readonly entries: readonly { readonly fact: unknown }[];
    };
    expect(entries).toMatchObject([{ fact: { type: 'updateFellBack', version: '0.9.0' } }]);
    expect(await names()).toContain('Kept over updates');
  });
});
