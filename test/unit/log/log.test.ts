import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../../src/log/log.js';
import { AdminError } from '../../../src/store/admin-error.js';
import { RotatingFile } from '../../../src/store/files/rotating-file.js';
import { canMount, SmallDisk } from '../../support/disks/small-disk.js';

let folder: string;
let file: string;
let shown: string[];
const stdout = { write: (text: string) => shown.push(text) };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-log-'));
  file = join(folder, 'log', 'modcall.log');
  shown = [];
});
afterEach(() => rm(folder, { recursive: true }));

describe('the log', () => {
  it('goes to stdout and to the file, with ISO time and level', async () => {
    openLog({ language: 'en', level: 'info', file, stdout, readable: false }).log.info({ leg: 'a' }, 'answered');
    expect(shown).toHaveLength(1);
    expect(await readFile(file, 'utf8')).toBe(shown[0]);
    expect(JSON.parse(shown[0] ?? '')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
      leg: 'a',
      msg: 'answered',
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('follows the level and the language that are set while the box runs', () => {
    const { log, follow } = openLog({ language: 'de', level: 'info', file, stdout, readable: false });
    const advice = { code: 'advice.rejected.wrongDigest' };
    log.debug('before');
    follow({ level: 'debug', language: 'en' });
    log.debug({ advice }, 'after');
    expect(shown.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'after', advice: expect.stringMatching(/^The password/) },
    ]);
  });

  it('gives advice in the language of the box, and leaves what is not advice as it is', () => {
    const advice = { code: 'advice.rejected.wrongDigest' };
    for (const language of ['de', 'en'] as const)
      openLog({ language, level: 'info', file, stdout, readable: false }).log.warn({ advice }, 'refused');
    expect(JSON.parse(shown[0] ?? '').advice).toMatch(/^Das Passwort ist falsch: /);
    expect(JSON.parse(shown[1] ?? '').advice).toMatch(/^The password is wrong: /);
    openLog({ language: 'de', level: 'info', file, stdout, readable: false }).log.warn({ advice: { code: 'x' } }, 'x');
    expect(JSON.parse(shown[2] ?? '').advice).toEqual({ code: 'x' });
  });

  it('omits what is below its level, which may change while it runs', () => {
    const { log } = openLog({ language: 'en', level: 'info', file, stdout, readable: false });
    log.trace('unheard');
    log.level = 'trace';
    log.trace('heard');
    expect(shown).toHaveLength(1);
  });

  it('shows people the local time, and what happened field by field', () => {
    const { log } = openLog({ language: 'en', level: 'info', file, stdout, readable: true });
    const now = new Date();
    log.info({ note: { type: 'callAnswered', call: 1, by: '102' }, leg: { type: 'x' } }, 'callAnswered');
    const [time, rest] = [shown[0]?.slice(0, 2), shown[0]?.slice(13)];
    expect([now.getHours(), new Date().getHours()]).toContain(Number(time));
    expect(rest).toBe('INFO  callAnswered  call=1  by=102  leg={"type":"x"}\n');
  });

  it('is readable for people, and stays JSON in the file', async () => {
    openLog({ language: 'en', level: 'info', file, stdout, readable: true }).log.warn(
      { trunk: 'provider', why: 'no answer' },
      'trunk is down',
    );
    expect(shown[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}trunk is down {2}trunk=provider {2}why="no answer"\n$/);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ trunk: 'provider' });
  });

  it('conceals secrets at any depth, in children and in errors beside them', async () => {
    const { log } = openLog({ language: 'en', level: 'trace', file, stdout, readable: false });
    const secret = 'TopSecret';
    log.info({ password: secret, account: { Password: secret, list: [{ pin: secret, number: '100' }] } }, 'a');
    log.child({ token: secret, call: 7 }).debug({ event: { type: 'digit', digit: secret } }, 'b');
    log.error({ err: new Error('failed'), licence_key: secret, 'licence-key': secret }, 'c');
    expect(shown.join('')).not.toContain(secret);
    expect(shown[0]).toContain('"number":"100"');
    expect(shown[1]).toContain('"call":7');
    expect(JSON.parse(shown[2] ?? '').err).toMatchObject({ message: 'failed', stack: expect.any(String) });
  });

  it('says what an error says: from where in the program only if neither system nor box names it', () => {
    const { log } = openLog({ language: 'en', level: 'info', file, stdout, readable: false });
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const known = new AdminError({ code: 'settings.missing', params: { path: '/x' } });
    for (const error of [new RangeError('beyond'), full, known, 'text']) log.warn({ error }, 'failed');
    const said = shown.map((line) => JSON.parse(line).error);
    expect(said[0]).toMatchObject({ name: 'RangeError', message: 'beyond', stack: expect.any(String) });
    expect(said[1]).toEqual({ name: 'Error', message: 'no space left', code: 'ENOSPC' });
    expect(said[2]).toEqual({ name: 'AdminError', code: 'settings.missing', params: { path: '/x' } });
    expect(said[3]).toBe('text');
  });

  it('shows people the message of an error', () => {
    openLog({ language: 'en', level: 'info', file, stdout, readable: true }).log.warn(
      { error: new Error('full disk') },
      'failed',
    );
    expect(shown[0]).toMatch(/failed {2}error="full disk"\n$/);
  });

  it('bears objects that go round in circles', () => {
    const round: Record<string, unknown> = {};
    round.self = round;
    openLog({ language: 'en', level: 'info', file, stdout, readable: false }).log.info({ round }, 'round');
    expect(shown).toHaveLength(1);
  });

  it('loses lines, but nothing else, when the file cannot be written', async () => {
    await writeFile(join(folder, 'log'), 'no folder');
    openLog({ language: 'en', level: 'info', file, stdout, readable: false }).log.info('heard all the same');
    expect(shown).toHaveLength(1);
  });
});

describe('a rotating file', () => {
  it.skipIf(!canMount)('has whole lines only, on a disk that fills up and has space again', async () => {
    const disk = await SmallDisk.under(folder);
    try {
      const { log } = openLog({ language: 'en', level: 'info', file, stdout, readable: false });
      log.info('before');
      disk.fill();
      for (let number = 0; number < 100; number += 1) log.info({ number }, 'while it is full');
      await disk.free();
      log.info('after');
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
      const texts = lines.map((line) => JSON.parse(line).msg);
      expect([texts[0], texts[1], texts.at(-1)]).toEqual(['before', 'while it is full', 'after']);
      expect(texts.length).toBeLessThan(102);
    } finally {
      disk.remove();
    }
  });

  it('keeps the newest in files of limited size', async () => {
    const path = join(folder, 'log');
    const rotating = new RotatingFile(path, 30, 2);
    for (let line = 0; line < 10; line += 1) rotating.write(`line ${line} ...\n`);
    rotating.close();
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    expect((await readdir(folder)).sort()).toEqual(['log', 'log.1', 'log.2']);
    expect((await read('log.2')) + (await read('log.1')) + (await read('log'))).toBe(
      [4, 5, 6, 7, 8, 9].map((line) => `line ${line} ...\n`).join(''),
    );
  });

  it('continues in an existing file', async () => {
    const path = join(folder, 'log');
    await writeFile(path, 'before\n');
    const rotating = new RotatingFile(path, 12, 1);
    rotating.write('x\n');
    rotating.write('later\n');
    rotating.close();
    expect(await readFile(`${path}.1`, 'utf8')).toBe('before\nx\n');
    expect(await readFile(path, 'utf8')).toBe('later\n');
  });
});
