import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IdentityAdmin } from '../../../src/admin/identity-admin.js';
import type { LicenceAdmin } from '../../../src/admin/licence/licence-admin.js';
import { openLicenceAdmin } from '../../../src/admin/licence/open-licence-admin.js';
import type { AccessFact } from '../../../src/admin/recording.js';
import type { Language } from '../../../src/admin/speaking.js';
import { runHardwareId } from '../../../src/cli/hardware-id.js';
import { type IdentityPlace, runIdentity } from '../../../src/cli/identity.js';
import { runLicence } from '../../../src/cli/licence.js';
import { changeLicenceInFolder } from '../../../src/cli/licence-in-folder.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { identityPaths, readIdentity } from '../../../src/identity/identity.js';
import { hardwareIdText, readHardwareId } from '../../../src/licensing/hardware-id.js';
import type { Binding, Licence } from '../../../src/licensing/licence.js';
import { keyOf, otherId, ownId, trust } from '../licensing/vendor.js';

/** A terminal whose person types what stands in `typed`, and whose output is kept. */
class RecordedTerminal implements Terminal {
  readonly isInteractive = true;
  readonly width = 100;
  readonly typed: string[] = [];
  language: Language = 'en';
  out = '';
  errors = '';
  print(text: string): void {
    this.out += `${text}\n`;
  }
  printError(text: string): void {
    this.errors += `${text}\n`;
  }
  async readInput(): Promise<string> {
    return this.typed.shift() ?? '';
  }
  async readSecret(): Promise<string> {
    return this.typed.shift() ?? '';
  }
}

const machine = new URL('../identity/machines/raspberry-pi-4-vendor', import.meta.url).pathname;

let folder: string;
let terminal: RecordedTerminal;
let facts: AccessFact[];
beforeEach(async () => {
  facts = [];
  folder = await mkdtemp(join(tmpdir(), 'modcall-cli-'));
  terminal = new RecordedTerminal();
});
afterEach(() => rm(folder, { recursive: true }));

const paths = () => identityPaths(join(folder, 'data'), join(folder, 'no-ssh'), machine);
const identity = () => new IdentityAdmin(paths(), () => Date.UTC(2026, 4, 1));
const licences = (): Promise<LicenceAdmin> =>
  openLicenceAdmin({
    dataFolder: join(folder, 'data'),
    paths: paths(),
    productVersion: '1.0.0',
    onError: (error) => {
      throw error;
    },
    trust,
  });
const record = async (fact: AccessFact) => void facts.push(fact);
const byConsole = { by: 'console', byKind: 'console' };
const place: IdentityPlace = {
  running: async () => null,
  open: async () => identity(),
  holding: (action) => action({ path: folder, record, close: async () => {} }),
};
const licence = async (...args: string[]) =>
  args[0] === 'enter' || args[0] === 'remove'
    ? changeLicenceInFolder(args, terminal, { licences: await licences(), record })
    : runLicence(args, terminal, licences);
const goodKey = async (changes: Partial<Licence> = {}) => {
  const binding: Binding = { to: 'hardware', id: (await readIdentity(paths())).hardwareId };
  return keyOf({ bindings: [binding], ...changes });
};

describe('modcall hardware-id', () => {
  it('prints the ID, alone or as JSON', async () => {
    expect(await runHardwareId([], terminal, async () => identity())).toBe(0);
    const id = terminal.out.trim();
    expect(readHardwareId(id).ok).toBe(true);
    terminal.out = '';
    expect(await runHardwareId(['--json'], terminal, async () => identity())).toBe(0);
    expect(JSON.parse(terminal.out)).toEqual({
      hardwareId: id,
      board: 'Raspberry Pi 4 Model B Rev 1.5',
      hostKey: paths().hostKeys.own,
    });
  });

  it('says how it is used, and what is wrong', async () => {
    expect(await runHardwareId(['--what'], terminal, async () => identity())).toBe(2);
    await identity().show();
    await writeFile(paths().hostKeys.own, 'damaged');
    terminal.language = 'de';
    expect(await runHardwareId([], terminal, async () => identity())).toBe(3);
    expect(terminal.errors).toContain('ist beschädigt');
  });
});

describe('modcall licence', () => {
  it('shows that there is none, takes one, shows it, and removes it', async () => {
    expect(await licence('show')).toBe(1);
    expect(terminal.out).toContain('No licence key has been entered.');
    expect(await licence('enter', await goodKey())).toBe(0);
    terminal.out = '';
    expect(await licence('show')).toBe(0);
    expect(terminal.out).toMatch(/Key number: +1001\n/);
    expect(terminal.out).toContain('Licence valid: bought');
    expect(await licence('remove')).toBe(0);
    expect(terminal.out).toContain('licence.txt.previous');
    expect(await licence('show')).toBe(1);
    expect(await licence('remove')).toBe(0);
    expect(facts).toEqual([
      { type: 'licenceEntered', keyNumber: 1001, ...byConsole },
      { type: 'licenceRemoved', ...byConsole },
    ]);
  });

  it('takes a key as words, as a file and from standard input', async () => {
    const key = await goodKey();
    expect(await licence('enter', ...key.split('-'))).toBe(0);
    const file = join(folder, 'key.txt');
    await writeFile(file, `${key.toLowerCase()}\r\n`);
    expect(await licence('enter', '--file', file)).toBe(0);
    terminal.typed.push(key);
    expect(await licence('enter', '-')).toBe(0);
  });

  it('refuses a bad key in the admin’s language, and keeps the good one', async () => {
    await licence('enter', await goodKey());
    terminal.language = 'de';
    expect(await licence('enter', keyOf({ bindings: [{ to: 'hardware', id: otherId }] }))).toBe(1);
    expect(terminal.errors).toContain('gehört zu einem anderen Gerät');
    expect(terminal.errors).toContain('es hat sich nichts geändert');
    expect(await licence('show')).toBe(0);
    expect(facts).toHaveLength(1);
  });

  it('refuses a file of 100 MB, and a picture', async () => {
    const large = join(folder, 'large');
    await writeFile(large, '');
    await truncate(large, 100 * 1024 * 1024);
    expect(await licence('enter', '--file', large)).toBe(1);
    expect(terminal.errors).toContain('too large');
    const picture = join(folder, 'picture.png');
    await writeFile(picture, Buffer.from('89504e470d0a1a0a0000000d', 'hex'));
    expect(await licence('enter', '--file', picture)).toBe(1);
    expect(terminal.errors).toContain('no plain text');
  });

  it('explains a key', async () => {
    expect(await licence('explain', keyOf())).toBe(1);
    expect(terminal.out).toContain(hardwareIdText(ownId));
    expect(terminal.out).toContain('Not valid on this box now:');
    expect(await licence('explain', hardwareIdText(ownId))).toBe(1);
    expect(terminal.out).toContain('not a licence key');
  });

  it('speaks JSON', async () => {
    await licence('enter', await goodKey(), '--json');
    expect(JSON.parse(terminal.out)).toMatchObject({ isAccepted: true, slot: 'licence', verdict: { isAllowed: true } });
    terminal.out = '';
    await licence('explain', (await goodKey()).replace(/-(.)/, '-U'), '--json');
    expect(JSON.parse(terminal.out)).toMatchObject({
      licence: null,
      verdict: { keyProblem: 'typingMistake', group: 1 },
    });
    terminal.out = '';
    await licence('show', '--json');
    expect(JSON.parse(terminal.out)).toMatchObject({
      licence: { keyNumber: 1001, kind: 'bought' },
      verdict: { members: 40 },
    });
    terminal.out = '';
    await licence('remove', '--json');
    expect(JSON.parse(terminal.out).kept).toHaveLength(1);
  });

  it('prints the order sheet, and does not write over a file', async () => {
    expect(await licence('order-sheet')).toBe(0);
    expect(terminal.out).toContain('Order sheet');
    const file = join(folder, 'order.html');
    expect(await licence('order-sheet', '--html', '--output', file)).toBe(0);
    expect(await readFile(file, 'utf8')).toContain('<svg');
    expect(await licence('order-sheet', '--html', '--output', file)).toBe(3);
  });

  it.each([[[]], [['what']], [['enter']], [['explain', 'KEY', '--file', 'x']], [['show', '--what']]])(
    '%j is not understood',
    async (args) => {
      expect(await licence(...args)).toBe(2);
      expect(terminal.errors).not.toBe('');
    },
  );

  it('says when a file cannot be read', async () => {
    expect(await licence('enter', '--file', join(folder, 'nothing'))).toBe(3);
    expect(terminal.errors).toContain('cannot be read');
  });
});

describe('modcall identity', () => {
  const backup = () => join(folder, 'backup.json');

  it('gives a wiped box its hardware ID back', async () => {
    const { hardwareId } = await identity().show();
    terminal.typed.push('a long passphrase', 'a long passphrase');
    expect(await runIdentity(['backup', '--output', backup()], terminal, place)).toBe(0);
    expect((await stat(backup())).mode & 0o777).toBe(0o600);
    await rm(join(folder, 'data'), { recursive: true });
    const passphraseFile = join(folder, 'passphrase');
    await writeFile(passphraseFile, 'a long passphrase\n');
    const args = ['restore', backup(), '--passphrase-file', passphraseFile, '--json'];
    terminal.out = '';
    expect(await runIdentity(args, terminal, place)).toBe(0);
    expect(JSON.parse(terminal.out)).toEqual({ hardwareId, backedUp: hardwareId, differs: [] });
    expect((await identity().show()).hardwareId).toBe(hardwareId);
    expect(facts).toEqual([
      { type: 'identityBackedUp', ...byConsole },
      { type: 'identityRestored', backedUp: hardwareId, ...byConsole },
    ]);
  });

  it.each([
    ['two passphrases that differ', ['a long passphrase', 'another passphrase'], 'not the same'],
    ['a short passphrase', ['short', 'short'], 'too short'],
  ])('makes no backup with %s', async (_name, typed, said) => {
    terminal.typed.push(...typed);
    expect(await runIdentity(['backup', '--output', backup()], terminal, place)).toBe(3);
    expect(terminal.errors).toContain(said);
    await expect(stat(backup())).rejects.toThrow();
  });

  it('says why a restore fails', async () => {
    await writeFile(backup(), 'hello');
    terminal.typed.push('a long passphrase');
    expect(await runIdentity(['restore', backup()], terminal, place)).toBe(3);
    expect(terminal.errors).toContain('not a backup of an identity');
    await truncate(backup(), 100 * 1024 * 1024);
    expect(await runIdentity(['restore', backup()], terminal, place)).toBe(3);
    expect(terminal.errors).toContain('too large');
  });

  it.each<[string[], string]>([
    [[], 'modcall identity backup'],
    [['backup'], 'An option is missing: --output.'],
    [['restore'], 'modcall identity backup'],
    [['restore', 'a', 'b'], 'not understood: b'],
    [['backup', '--what'], 'not understood: --what'],
  ])('%j is not understood', async (args, said) => {
    expect(await runIdentity(args, terminal, place)).toBe(2);
    expect(terminal.errors).toContain(said);
  });
});
