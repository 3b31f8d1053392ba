import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Introduction } from '../../../src/appliance/introduce.js';
import { logVerdict } from '../../../src/appliance/licence-log.js';
import { LeftOut } from '../../../src/appliance/troubles.js';
import { type IdentityPaths, identityPaths } from '../../../src/identity/identity.js';
import { hardwareIdText } from '../../../src/licensing/hardware-id.js';
import type { Allowed } from '../../../src/licensing/verdict.js';
import { openLog } from '../../../src/log/log.js';
import type { Language } from '../../../src/primitives/language.js';

let folder: string;
let lines: Record<string, unknown>[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-log-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

const log = () =>
  openLog({
    language: 'en',
    level: 'info',
    file: join(folder, 'modcall.log'),
    stdout: { write: (line) => lines.push(JSON.parse(line)) },
    readable: false,
  }).log;
const machine = (name: string) => new URL(`../identity/machines/${name}`, import.meta.url).pathname;
/** Of a board that can be told apart, wherever the tests run. */
const paths = () => identityPaths(join(folder, 'data'), join(folder, 'no-ssh'), machine('raspberry-pi-4-vendor'));

const introduce = async (of: IdentityPaths, language: Language) =>
  (await Introduction.begin({ paths: of, log: log(), language, leftOut: new LeftOut('en', log()) })).identity;

describe('the log tells', () => {
  it('the hardware ID at every start', async () => {
    for (const start of [1, 2]) {
      const identity = await introduce(paths(), 'en');
      expect(lines).toHaveLength(start);
      expect(lines.at(-1)).toMatchObject({
        level: 'info',
        msg: 'hardware ID',
        hardwareId: identity && hardwareIdText(identity.hardwareId),
      });
    }
  });

  it('once that the host key differs, and what to do', async () => {
    await introduce(paths(), 'de');
    await rm(join(folder, 'data/identity/ssh_host_ed25519_key'));
    await introduce(paths(), 'de');
    expect(lines.at(-1)).toMatchObject({ level: 'warn', msg: 'the hardware ID has changed', changed: ['key'] });
    expect(lines.at(-1)?.advice).toContain('modcall identity restore');
    const told = lines.length;
    await introduce(paths(), 'de');
    expect(lines).toHaveLength(told + 1);
  });

  it('that the CPU differs', async () => {
    const of = (root: string) => identityPaths(join(folder, 'data'), join(folder, 'no-ssh'), root);
    await introduce(of(machine('raspberry-pi-4-vendor')), 'en');
    await introduce(of(machine('raspberry-pi-5-vendor')), 'en');
    expect(lines.at(-1)).toMatchObject({ changed: ['cpu'] });
  });

  it('that a damaged host key keeps the box without an ID', async () => {
    await introduce(paths(), 'en');
    await writeFile(join(folder, 'data/identity/ssh_host_ed25519_key'), 'damaged');
    expect(await introduce(paths(), 'en')).toBeUndefined();
    expect(lines.at(-1)).toMatchObject({ level: 'error', msg: 'the hardware ID cannot be found out' });
    expect(lines.at(-1)?.advice).toContain('is damaged');
  });

  it('the hardware ID also where it cannot be noted for the next start', async () => {
    await introduce(paths(), 'en');
    await rm(join(folder, 'data/identity/last-hardware-id'));
    await mkdir(join(folder, 'data/identity/last-hardware-id/taken'), { recursive: true });
    expect(await introduce(paths(), 'en')).toBeDefined();
    expect(lines.at(-1)).toMatchObject({
      level: 'warn',
      msg: 'the hardware ID cannot be noted for the next start',
    });
  });

  it('goes on if the folder cannot be written', async () => {
    await writeFile(join(folder, 'data'), 'not a folder');
    expect(await introduce(paths(), 'en')).toBeUndefined();
    expect(lines.at(-1)).toMatchObject({ level: 'error' });
  });

  it('what is licensed, what needs attention, and why nothing is', () => {
    const allowed: Allowed = { isAllowed: true, by: { kind: 'simulatedBoard' }, members: 'unlimited', warnings: [] };
    logVerdict(allowed, log(), 'en');
    expect(lines.at(-1)).toMatchObject({ level: 'info', msg: 'monitoring is licensed', by: 'simulatedBoard' });
    expect(lines.at(-1)?.advice).toContain('NFR');
    const warnings = [{ kind: 'expiresSoon', expires: 9000, ends: 9000, daysLeft: 14 }] as const;
    logVerdict({ ...allowed, warnings }, log(), 'en');
    expect(lines.at(-1)).toMatchObject({ level: 'warn', warnings: ['expiresSoon'] });
    expect(lines.at(-1)?.advice).toContain('expires in 14 days');
    logVerdict({ isAllowed: false, refusal: { kind: 'noLicence' } }, log(), 'de');
    expect(lines.at(-1)).toMatchObject({ level: 'warn', reason: 'licenceMissing' });
    expect(lines.at(-1)?.advice).toContain('Bestellblatt');
  });
});
