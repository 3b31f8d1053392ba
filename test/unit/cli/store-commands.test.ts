import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSignerKey } from '../../../src/admin/agreement/signer-key.js';
import { firstNames } from '../../../src/appliance/first-names.js';
import { runAudit } from '../../../src/cli/audit.js';
import type { Command } from '../../../src/cli/command.js';
import { takeDataOption } from '../../../src/cli/data-option.js';
import { runPin } from '../../../src/cli/pin.js';
import { runSettings } from '../../../src/cli/settings.js';
import { Signals } from '../../../src/cli/signals.js';
import { runStart } from '../../../src/cli/start.js';
import { exitCode, type Terminal } from '../../../src/cli/terminal.js';
import { welcome } from '../../../src/cli/welcome.js';
import { momentText } from '../../../src/primitives/calendar.js';
import { openAudit } from '../../../src/store/audit/audit.js';
import { exportAudit } from '../../../src/store/audit/audit-export.js';
import { makeCheckpoint } from '../../../src/store/audit/checkpoint.js';
import { openBoxKey } from '../../../src/store/box-key.js';
import { dataFile } from '../../../src/store/files/data-folder.js';
import { openPins } from '../../../src/store/settings/pins.js';
import { SettingsFile } from '../../../src/store/settings/settings-file.js';
import { settingsInUse } from '../../../src/store/settings/settings-in-use.js';
import { toPinHashes } from '../../../src/store/settings/settings-rules.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs a command with what is typed or piped; collects what it says. */
async function run(command: Command, words: string, input: readonly string[] = [], overrides: Partial<Terminal> = {}) {
  const said: string[] = [];
  const complained: string[] = [];
  const typed = [...input];
  const terminal: Terminal = {
    language: 'en',
    isInteractive: false,
    width: 100,
    print: (text) => said.push(text),
    printError: (text) => complained.push(text),
    readInput: async () => typed.shift() ?? '',
    readSecret: async () => typed.shift() ?? '',
    ...overrides,
  };
  const signals = new Signals();
  const code = await command(words.split(' '), {
    terminal,
    environment: {},
    dataFolder: folder,
    version: '1.0.0',
    boards: fileURLToPath(new URL('../../../board', import.meta.url)),
    signals,
    watch: null,
    manager: null,
    loadAppliance: () => Promise.reject(new Error('none of these commands starts the appliance')),
    loadStoppedBox: () => import('../../../src/appliance/stopped-box.js'),
  });
  signals.release();
  return { code, said: said.join('\n'), complained: complained.join('\n') };
}

describe('modcall settings check', () => {
  it('says that settings are valid', async () => {
    await settingsInUse(folder, {
      language: 'en',
      country: 'gb',
      board: { lines: [], handset: null },
      names: firstNames('en'),
      isDemo: true,
    });
    const { code, said } = await run(runSettings, 'check');
    expect(code).toBe(exitCode.ok);
    expect(said).toContain('is valid (extensions: 4, groups: 2, trunks: 0, profiles: 1).');
  });

  it('says what is wrong, in the language of the terminal', async () => {
    await writeFile(dataFile(folder, 'settings'), '{ "version": 1, }');
    const { code, said, complained } = await run(runSettings, 'check', [], { language: 'de' });
    expect(code).toBe(exitCode.refused);
    expect(said).toBe('');
    expect(complained).toContain('Zeile 1, Spalte 17');
  });

  it('reports the mistakes of the settings and of the prompts at once', async () => {
    await writeFile(dataFile(folder, 'settings'), '{ "version": 1, }');
    await mkdir(join(dataFile(folder, 'prompts'), 'de'), { recursive: true });
    await writeFile(join(dataFile(folder, 'prompts'), 'de', 'enter-pim.wav'), 'nothing');
    const { code, complained } = await run(runSettings, 'check');
    expect(code).toBe(exitCode.refused);
    expect(complained).toContain('line 1, column 17');
    expect(complained).toContain('Did you mean enter-pin.wav?');
  });

  it('says so when there are none, and writes nothing', async () => {
    const { code, complained } = await run(runSettings, 'check');
    expect(code).toBe(exitCode.refused);
    expect(complained).toContain('There are no settings');
  });

  it('explains itself', async () => {
    expect((await run(runSettings, 'chekc')).code).toBe(exitCode.usage);
  });
});

describe('modcall pin set', () => {
  const ownerOf = async (pin: string) => {
    const file = await SettingsFile.open(dataFile(folder, 'settings'));
    return file && openPins(toPinHashes(file.settings)).identify(pin);
  };
  beforeEach(() =>
    settingsInUse(folder, {
      language: 'en',
      country: 'gb',
      board: { lines: [], handset: null },
      names: firstNames('en'),
      isDemo: true,
    }),
  );

  it('takes the PIN from standard input and keeps only its hash', async () => {
    const { code, said, complained } = await run(runPin, 'set 100', ['490173\n']);
    expect(code).toBe(exitCode.ok);
    expect(said + complained).not.toContain('490173');
    expect(await readFile(dataFile(folder, 'settings'), 'utf8')).not.toContain('490173');
    expect(await ownerOf('490173')).toBe('100');
  });

  it('asks a person twice', async () => {
    expect((await run(runPin, 'set 100', ['490173', '490174'], { isInteractive: true })).code).toBe(exitCode.refused);
    expect(await ownerOf('490173')).toBeNull();
    expect((await run(runPin, 'set 100', ['490173', '490173'], { isInteractive: true })).code).toBe(exitCode.ok);
    expect(await ownerOf('490173')).toBe('100');
  });

  it('notes when the PIN opens nothing yet', async () => {
    expect((await run(runPin, 'set 101', ['490173'])).said).toContain('101 moderates in no profile yet');
    expect((await run(runPin, 'set 100', ['882046'])).said).not.toContain('in no profile');
  });

  it.each([
    ['set 100', '1234', 'too easy to guess'],
    ['set 100', '12', '4 to 10 digits'],
    ['set 999', '490173', 'There is no 999'],
  ])('refuses %s with %s', async (words, pin, why) => {
    const { code, complained } = await run(runPin, words, [pin]);
    expect(code).toBe(exitCode.refused);
    expect(complained).toContain(why);
  });

  it('asks for no PIN of an extension that does not exist', async () => {
    const readSecret = () => Promise.reject(new Error('asked for a PIN'));
    const { code, complained } = await run(runPin, 'set 999', [], { isInteractive: true, readSecret });
    expect({ code, complained }).toEqual({
      code: exitCode.refused,
      complained: expect.stringContaining('There is no 999'),
    });
  });

  it('refuses the PIN of somebody else', async () => {
    await run(runPin, 'set 100', ['490173']);
    expect((await run(runPin, 'set 101', ['490173'])).code).toBe(exitCode.refused);
    expect(await ownerOf('490173')).toBe('100');
  });

  it('takes no PIN as an argument', async () => {
    expect((await run(runPin, 'set 100 490173')).code).toBe(exitCode.usage);
  });
});

describe('modcall audit', () => {
  const write = async () => {
    const audit = await openAudit(folder, () => ({ time: '2026-01-01T00:00:00.000Z' }));
    await audit.append({ type: 'boxStarted', version: '1.2.3' });
    await audit.append({ type: 'boxStopped' });
    await audit.close();
  };

  it('shows the entries, for people and as they are', async () => {
    await write();
    const { said } = await run(runAudit, 'show');
    expect(said.split('\n')[0]).toBe(
      `1  ${momentText(Date.parse('2026-01-01T00:00:00.000Z'))}  Modcall started  version: 1.2.3`,
    );
    const { said: json } = await run(runAudit, 'show --json');
    expect(json.split('\n').map((line) => JSON.parse(line).fact.type)).toEqual(['boxStarted', 'boxStopped']);
  });

  it('says that the record is sound, and which', async () => {
    expect((await run(runAudit, 'verify')).said).toBe(`The audit record in ${folder} is empty.`);
    await write();
    const { code, said } = await run(runAudit, 'verify');
    expect(code).toBe(exitCode.ok);
    expect(said).toContain('2 entries');
    expect(JSON.parse((await run(runAudit, 'verify --json')).said)).toMatchObject({ ok: true, entries: 2 });
  });

  it('says where it is not', async () => {
    await write();
    const path = dataFile(folder, 'audit');
    await writeFile(path, (await readFile(path, 'utf8')).replace('1.2.3', '1.2.4'));
    const { code, complained } = await run(runAudit, 'verify');
    expect(code).toBe(exitCode.refused);
    expect(complained).toContain('Line 1: entry 1 was changed.');
    expect(JSON.parse((await run(runAudit, 'verify --json')).said)).toMatchObject({ ok: false, breach: { seq: 1 } });
  });

  it('verifies an exported record, on whatever machine', async () => {
    await write();
    const { key } = await openBoxKey(folder, 0);
    const pieces = await exportAudit(folder, key, { created: '2026-03-04T12:00:00.000Z', hardwareId: 'MH2-X' });
    const path = join(folder, 'export.jsonl');
    await writeFile(path, pieces);
    const { code, said } = await run(runAudit, `verify ${path}`);
    expect(code).toBe(exitCode.ok);
    expect(said).toContain('MH2-X');
    expect(said).toContain(key.fingerprint);
    await writeFile(path, (await readFile(path, 'utf8')).replace('1.2.3', '1.2.4'));
    const changed = await run(runAudit, `verify ${path}`);
    expect(changed.code).toBe(exitCode.refused);
    expect(changed.complained).toContain('Line 2: entry 1 was changed.');
    expect((await run(runAudit, `verify ${dataFile(folder, 'audit')}`)).complained).toContain(
      'is not an exported audit record',
    );
  });

  it('verifies that a record goes on from a checkpoint, which is countersigned by a key', async () => {
    await write();
    const { key } = await openBoxKey(folder, 0);
    const paths = {
      checkpoint: join(folder, 'checkpoint.txt'),
      passphrase: join(folder, 'passphrase'),
      signer: join(folder, 'council.key'),
      both: join(folder, 'both.txt'),
    };
    const passphrase = 'four words of council';
    await writeFile(paths.checkpoint, await makeCheckpoint(folder, key));
    await writeFile(paths.passphrase, passphrase);
    const { sealed, publicKey } = await makeSignerKey(passphrase);
    await writeFile(paths.signer, sealed);
    const { checkpoint, signer, both } = paths;
    const written = await run(
      runAudit,
      `countersign ${checkpoint} ${signer} --output ${both} --passphrase-file ${paths.passphrase}`,
    );
    expect(written.code).toBe(exitCode.ok);
    expect((await run(runAudit, 'verify')).said).toContain('keep a checkpoint elsewhere');
    const { code, said } = await run(runAudit, `verify --checkpoint ${both}`);
    expect(code).toBe(exitCode.ok);
    expect(said).not.toContain('keep a checkpoint');
    expect(said).toContain(`the checkpoint of 2 entries, signed by: modcall/${key.fingerprint}, signer/${publicKey}`);
    await rm(dataFile(folder, 'audit'));
    await rm(dataFile(folder, 'auditAnchor'));
    await rm(dataFile(folder, 'auditHead'));
    await write();
    const made = await run(runAudit, `verify --checkpoint ${both}`);
    expect(made.code).toBe(exitCode.refused);
    expect((await run(runAudit, `verify --checkpoint ${signer}`)).complained).toContain('is not a checkpoint');
  });

  it.each([
    ...['', 'verfy', 'show --jsn', 'verify one two', 'show one', 'show --checkpoint file'],
    ...['countersign one two three', 'countersign one'],
  ])('explains itself after "%s"', async (words) => {
    expect((await run(runAudit, words)).code).toBe(exitCode.usage);
  });
});

describe('modcall start', () => {
  it.each([
    ['--sip-port 70000', '"70000" is not a port'],
    ['--sip-port five', '"five" is not a port'],
    ['--panel-port -1', 'not understood: --panel-port'],
    ['--panel-port 99999', '"99999" is not a port. Give --panel-port'],
    ['--panel-address home', '"home" is not an address'],
    ['--log-level loud', '"loud" is not a log level'],
    ['--dmeo', 'not understood: --dmeo'],
    ['now', 'not understood: now'],
    ['--board simulatr', 'The board "simulatr" is not known. Did you mean "simulator"?'],
  ])('refuses %s before it starts anything', async (words, why) => {
    const { code, complained } = await run(runStart, words);
    expect(code).toBe(exitCode.usage);
    expect(complained).toContain(why);
    expect(await readdir(folder)).toEqual([]);
  });

  it('knows the board of the last start, whatever has become of its file', async () => {
    await mkdir(join(folder, 'identity'));
    await writeFile(join(folder, 'identity', 'last-board.json'), '{ "name": "office", "isSimulated": false }');
    const { code, complained } = await run(runStart, '--board office --sip-port 70000');
    expect({ code, complained }).toEqual({ code: exitCode.usage, complained: expect.stringContaining('not a port') });
  });
});

describe('the option --data', () => {
  it.each([
    ['start --demo', null, 'start --demo'],
    ['start --data /a --demo', '/a', 'start --demo'],
    ['--data=/a start', '/a', 'start'],
  ])('of %s', (words, named, rest) => {
    expect(takeDataOption(words.split(' '))).toEqual({ folder: named, rest: rest.split(' ') });
  });

  it.each(['start --data', 'start --data=', 'start --data --demo'])('needs a folder: %s', (words) => {
    expect(takeDataOption(words.split(' '))).toBeNull();
  });
});

describe('the welcome', () => {
  const facts = {
    addresses: [
      { protocol: 'udp', address: '192.0.2.1', port: 5060 },
      { protocol: 'tcp', address: '192.0.2.1', port: 5060 },
      { protocol: 'udp', address: '2001:db8::1', port: 5060 },
    ],
    services: [{ number: '*55', name: 'Support' }],
    extensions: [
      { number: '100', name: 'Moderator' },
      { number: '104', name: 'New' },
    ],
    analogPhones: [
      { number: '120', name: 'Handset' },
      { number: '121', name: 'Phone 1' },
    ],
    demo: {
      moderator: '100',
      pin: '490173',
      passwords: { '100': 'abcdefghijkm' },
      logins: [
        { name: 'mona', password: 'abcdefghijkl', role: 'moderator', extension: '100' },
        { name: 'benedict', password: 'nopqrstuvwxy', role: 'member', extension: '101' },
      ],
    },
    page: 'http://127.0.0.1:8080',
    pageTrouble: null,
    oneTimeCode: null,
    troubles: [],
    demoCall: false,
    frontPanel: { address: '127.0.0.1', port: 8090 },
    hardwareId: 'MH1-7F7NG',
    licence: 'No licence key has been entered.',
    closedBy: null,
  } as const;

  it('says where to register, with what, and how to listen', () => {
    const text = welcome('en', facts);
    expect(text).toContain('  192.0.2.1:5060  (UDP, TCP)\n  [2001:db8::1]:5060  (UDP)');
    expect(text).toContain('  100  abcdefghijkm  Moderator');
    expect(text).toContain('From 100 dial *55, then the PIN 490173 and #.');
    expect(text).not.toContain('104');
  });

  it('says where the front panel of the simulator is, and that no other board has one', () => {
    expect(welcome('en', facts)).toContain('in the browser: http://127.0.0.1:8090\n  Lift the handset there');
    expect(welcome('en', facts)).toContain('  Telephones there: Handset · 120, Phone 1 · 121.\n');
    expect(welcome('en', { ...facts, page: null, pageTrouble: 'the port is taken' })).toContain(
      'stops it.\n\nATTENTION: the port is taken\n',
    );
    expect(welcome('en', { ...facts, frontPanel: { address: '::1', port: 80 } })).toContain('http://[::1]:80\n');
    expect(welcome('en', { ...facts, frontPanel: null })).not.toContain('Front panel');
  });

  it('says where the page is, and who can sign in there', () => {
    const lines = [
      'in the browser: http://127.0.0.1:8080',
      '  Who can sign in there:',
      '    Name      Password      Role',
      '    mona      abcdefghijkl  moderator',
      '    benedict  nopqrstuvwxy  member',
    ];
    expect(welcome('en', facts)).toContain(`${lines.join('\n')}\n`);
    expect(welcome('en', { ...facts, page: null })).not.toContain('nopqrstuvwxy');
  });

  it('begins how to listen with the easiest way, in the browser, where somebody can sign in for it', () => {
    const inBrowser =
      'How to listen in the browser:\n  1. Open http://127.0.0.1:8080 and sign in as mona.\n  2. Press “Listen here” at the call, and key the PIN 490173.\n';
    expect(welcome('en', facts).split(inBrowser)[1]).toContain('How to listen with a telephone:\n');
    expect(welcome('de', facts)).toContain('melden Sie sich als mona an.\n  2. Drücken Sie „Hier mithören“');
    const withoutPage = [{ page: null }, { demo: { ...facts.demo, logins: [] } }, { closedBy: 'notRecorded' }] as const;
    for (const change of withoutPage)
      expect(welcome('en', { ...facts, ...change })).not.toContain('How to listen in the browser');
  });

  it('says how a new box is set up on the page, and why the browser warns', () => {
    const text = welcome('en', { ...facts, demo: null, page: 'https://192.0.2.1:8443', oneTimeCode: '1234-5678-9012' });
    expect(text).toContain('https://192.0.2.1:8443\n  The browser warns once');
    expect(text).toContain('with the one-time code 1234-5678-9012.');
  });

  it('says how a new box is set up where its page found no port', () => {
    const trouble = { page: null, pageTrouble: 'the port is taken', demo: null };
    const text = welcome('en', { ...facts, ...trouble, oneTimeCode: '1234-5678-9012' });
    expect(text).toContain(
      'ATTENTION: the port is taken\n  Or move the page while the box runs (modcall settings change',
    );
    expect(text).toContain('with the one-time code 1234-5678-9012.');
    expect(welcome('de', { ...facts, ...trouble })).not.toContain('--web.port');
  });

  it('shows the hardware ID if it is known, and what is licensed', () => {
    expect(welcome('en', facts)).toMatch(/order a licence with: MH1-7F7NG\nNo licence key has been entered\.\n$/);
    expect(welcome('de', { ...facts, hardwareId: null })).toMatch(/\n\nNo licence key has been entered\.\n$/);
  });

  it('shows no secret once the box has settings of its own', () => {
    const text = welcome('de', { ...facts, demo: null });
    expect(text).toContain('Servicenummern für Moderatoren:\n  *55  Support');
    expect(text).not.toContain('490173');
    expect(text).not.toContain('abcdefghijkm');
  });
});
