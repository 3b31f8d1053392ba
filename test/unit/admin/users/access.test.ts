import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { totpCode } from '../../../../src/crypto/totp.js';
import { idleMs, longestSessionMs } from '../../../../src/store/users/sessions.js';
import { password, person, start, TestBox } from '../box.js';

const minute = 60_000;
const hour = 60 * minute;
let folder: string;
let box: TestBox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-access-'));
  box = await TestBox.open(folder);
});
afterEach(async () => {
  // Signing in does not wait for what it writes.
  await box.store.change((users) => users);
  await rm(folder, { recursive: true });
});

const kept = () => readFile(join(folder, 'users.json'), 'utf8');

describe('the first start', () => {
  test('has nobody who could sign in, but a one-time code that makes the first admin', async () => {
    expect(await box.login('admin', '')).toEqual({ ok: false, reason: 'wrong' });
    expect(box.access.oneTimeCode).toMatch(/^\d{4}-\d{4}-\d{4}$/);
    const outcome = await box.claim();
    expect(outcome).toMatchObject({ ok: true, caller: { name: 'ada', kind: 'user' } });
    expect([box.access.oneTimeCode, box.access.hasAdmin]).toEqual([null, true]);
    expect(box.facts.at(-1)).toEqual({ type: 'adminClaimed', user: 'ada', source: '192.0.2.1' });
    expect((await stat(join(folder, 'users.json'))).mode & 0o777).toBe(0o600);
    expect(await kept()).not.toContain(password);
  });

  test('takes the code however it is spaced, and once only', async () => {
    const code = (box.access.oneTimeCode ?? '').replaceAll('-', ' ');
    const claim = (name: string) => box.access.claim({ code, name, password, language: 'de', source: '192.0.2.1' });
    const both = await Promise.allSettled([claim('ada'), claim('eve')]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(box.store.current.users).toHaveLength(1);
    expect(await claim('eve')).toEqual({ ok: false, reason: 'wrong' });
  });

  test('keeps the code when the password cannot be used', async () => {
    const code = box.access.oneTimeCode ?? '';
    const claim = (typed: string) =>
      box.access.claim({ code, name: 'ada', password: typed, language: 'de', source: '192.0.2.1' });
    await expect(claim('short')).rejects.toMatchObject({ problem: { code: 'access.password.tooShort' } });
    const rows = ['1234567890', 'abcdefghijkl', 'aaaaaaaaaaaa', 'abababababab'];
    const named = ['adaadaada1', '!Ada-2026!!'];
    const common = ['password12', 'Passwort12345', 'P@ssw0rd2026', 'qwertzuiop', 'admin-modcall', 'Sommer2026!'];
    for (const simple of [...rows, ...named, ...common])
      await expect(claim(simple), simple).rejects.toMatchObject({ problem: { code: 'access.password.tooSimple' } });
    expect(await claim(password)).toMatchObject({ ok: true });
  });

  test.each(['ada likes tea', 'a passport to Berlin', 'test the waters'])(
    "takes words of one's own: %s",
    async (own) => {
      const code = box.access.oneTimeCode ?? '';
      const claimed = box.access.claim({ code, name: 'ada', password: own, language: 'de', source: '192.0.2.1' });
      expect(await claimed).toMatchObject({ ok: true });
    },
  );

  test('ends the code when the first admin comes in by another way', async () => {
    const code = box.access.oneTimeCode ?? '';
    const wish = { name: 'eve', password, roles: ['admin'], extension: null, language: 'de' } as const;
    await box.users.set(wish, person('console'));
    expect(box.access.oneTimeCode).toBeNull();
    const late = { code, name: 'ada', password, language: 'de', source: '192.0.2.1' } as const;
    expect(await box.access.claim(late)).toEqual({ ok: false, reason: 'wrong' });
    expect(box.store.current.users).toHaveLength(1);
  });

  test('ends the code even for whoever has sent it, while the first admin comes in by another way', async () => {
    const both = await Promise.allSettled([box.add('eve', ['admin'], person('console')), box.claim()]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(box.store.current.users.map(({ name }) => name)).toEqual(['eve']);
  });

  test('lets nobody guess the code', async () => {
    const guess = () => box.access.claim({ code: 'x', name: 'eve', password, language: 'de', source: '198.51.100.7' });
    const all = await Promise.all(Array.from({ length: 50 }, guess));
    expect(all.filter((outcome) => !outcome.ok && outcome.reason === 'wrong')).toHaveLength(5);
    expect(await box.claim()).toMatchObject({ ok: true });
  });

  test.each(['', '{', '{"version":1}', '{"version":2,"users":[],"tokens":[]}'])(
    'comes again where the users cannot be understood: %s',
    async (text) => {
      await box.claim();
      await writeFile(join(folder, 'users.json'), text);
      const next = await TestBox.open(folder);
      expect([next.store.isFileBroken, next.access.hasAdmin]).toEqual([true, false]);
      expect(await next.login('ada')).toEqual({ ok: false, reason: 'wrong' });
      expect(await next.claim('ada')).toMatchObject({ ok: true });
      const aside = (await readdir(folder)).filter((name) => name.includes('.broken-'));
      expect(await Promise.all(aside.map((name) => readFile(join(folder, name), 'utf8')))).toEqual([text]);
    },
  );
});

describe('the button that is held', () => {
  test('makes a code for an hour; passwords stay as they are until it is used', async () => {
    await box.claim();
    const session = await box.session('ada');
    const code = box.access.resetAdminPassword();
    expect(box.access.oneTimeCode).toBe(code);
    expect(await box.login('ada')).toMatchObject({ ok: true });
    const next = 'another long password';
    const claim = () => box.access.claim({ code, name: 'Ada', password: next, language: 'de', source: '192.0.2.9' });
    expect(await claim()).toMatchObject({ ok: true });
    expect(await box.access.bySession(session, 'request')).toBeNull();
    expect(await box.login('ada')).toEqual({ ok: false, reason: 'wrong' });
    expect(await box.login('ada', next)).toMatchObject({ ok: true });
  });

  test('makes one that ends', async () => {
    await box.claim();
    const code = box.access.resetAdminPassword();
    box.wait(hour);
    expect(box.access.oneTimeCode).toBeNull();
    expect(await box.access.claim({ code, name: 'eve', password, language: 'de', source: '192.0.2.9' })).toEqual({
      ok: false,
      reason: 'wrong',
    });
  });
});

describe('signing in', () => {
  beforeEach(async () => {
    await box.claim();
  });

  test('does not tell a wrong password from a user who is not there', async () => {
    expect(await box.login('ada', 'wrong password')).toEqual({ ok: false, reason: 'wrong' });
    expect(await box.login('bob', 'wrong password')).toEqual({ ok: false, reason: 'wrong' });
    expect(await box.login(' ADA ')).toMatchObject({ ok: true, caller: { name: 'ada' } });
    expect(box.facts.slice(1)).toEqual([
      { type: 'signInFailed', user: 'ada', source: '192.0.2.1', unrecorded: 0 },
      { type: 'signInFailed', user: null, source: '192.0.2.1', unrecorded: 0 },
    ]);
  });

  test('slows down those who guess, and nobody else', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () => box.login('ada', 'guess', null, '198.51.100.7')),
    );
    expect(guesses.filter((outcome) => !outcome.ok && outcome.reason === 'wrong').length).toBeLessThanOrEqual(5);
    expect(await box.login('ada', password, null, '198.51.100.7')).toMatchObject({ reason: 'locked' });
    expect(await box.login('ada')).toMatchObject({ ok: true });
    box.wait(hour);
    expect(await box.login('ada', password, null, '198.51.100.7')).toMatchObject({ ok: true });
  });

  test('fills the record with no more than a few failures an hour', async () => {
    for (let n = 0; n < 40; n += 1) await box.login(`user${n}`, 'guess', null, `198.51.100.${n}`);
    expect(box.facts.filter(({ type }) => type === 'signInFailed')).toHaveLength(30);
    box.wait(hour);
    await box.login('ada', 'guess');
    expect(box.facts.at(-1)).toMatchObject({ user: 'ada', unrecorded: 10 });
  });

  test('makes another session each time', async () => {
    const ids = [await box.session('ada'), await box.session('ada')];
    expect(new Set(ids).size).toBe(2);
    await box.access.logout(ids[0] ?? '');
    expect(await Promise.all(ids.map((id) => box.access.bySession(id, 'request')))).toMatchObject([
      null,
      { name: 'ada' },
    ]);
    expect(await box.access.bySession('made up', 'request')).toBeNull();
  });
});

describe('a session', () => {
  beforeEach(async () => {
    await box.claim();
  });

  test('ends when nobody uses it, and after a working day in any case', async () => {
    const [used, unused] = [await box.session('ada'), await box.session('ada')];
    for (let passed = 0; passed + hour < longestSessionMs; passed += hour) {
      box.wait(hour);
      expect(await box.access.bySession(used, 'request')).not.toBeNull();
      expect((await box.access.bySession(unused, 'watch')) === null).toBe(passed + hour >= idleMs);
    }
    box.wait(hour);
    expect(await box.access.bySession(used, 'request')).toBeNull();
  });

  test('does not depend on the wall clock', async () => {
    const session = await box.session('ada');
    for (const time of [0, Date.UTC(2090, 0), start]) {
      box.clock.wall = { time, state: 'notSet' };
      expect(await box.access.bySession(session, 'request')).not.toBeNull();
    }
  });

  test('ends with a change of roles or of the password, and not with one of the language', async () => {
    await box.add('bob', ['member']);
    const change = async (next: Partial<Parameters<typeof box.users.set>[0]>) => {
      const session = await box.session('bob');
      const wish = {
        name: 'bob',
        roles: ['member'] as const,
        extension: '100',
        language: 'en' as const,
        password: null,
      };
      await box.users.set({ ...wish, ...next }, person('ada'));
      return (await box.access.bySession(session, 'request')) !== null;
    };
    expect(await change({ language: 'de' })).toBe(true);
    expect(await change({ roles: ['member', 'moderator'] })).toBe(false);
    expect(await change({ roles: ['member', 'moderator'], password })).toBe(false);
  });

  test('goes on with other rights where somebody has changed their own roles or extension in it, and not their password', async () => {
    const [own, other] = [await box.session('ada'), await box.session('ada')];
    const callerBy = (session: string) => box.access.bySession(session, 'request');
    const ended: string[] = [];
    box.access.onEnded((right) => ended.push(right));
    const change = async (next: { readonly password: string | null }) => {
      const wish = { name: 'Ada', roles: ['admin', 'moderator'] as const, extension: '101', language: 'de' as const };
      const caller = await callerBy(own);
      if (caller) await box.users.set({ ...wish, ...next }, caller);
    };
    await change({ password: null });
    expect(await callerBy(own)).toMatchObject({ extension: '101', roles: new Set(['admin', 'moderator']) });
    expect([await callerBy(other), ended]).toEqual([null, ['user ada']]);
    await change({ password: 'another long enough one' });
    expect([await callerBy(own), ended]).toEqual([null, ['user ada', 'user ada']]);
  });

  test('takes with it what was begun by the rights of its user: they have others, or there is no such user', async () => {
    await box.add('bob', ['member']);
    const ended: string[] = [];
    box.access.onEnded((right) => ended.push(right));
    const rights = (await box.access.bySession(await box.session('bob'), 'request'))?.rights;
    const wish = { name: 'bob', roles: ['member'] as const, extension: '100', language: 'de' as const, password: null };
    await box.users.set(wish, person('ada'));
    expect(ended).toEqual([]);
    await box.users.set({ ...wish, extension: '101' }, person('ada'));
    await box.users.changePassword(password, 'another long enough one', person('bob'));
    await box.users.remove('bob', person('ada'));
    expect([rights, ended]).toEqual([['user bob'], ['user bob', 'user bob', 'user bob']]);
  });

  test('is one of at most twenty of a user: the oldest ends', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 21; n += 1) ids.push(await box.session('ada'));
    const open = await Promise.all(ids.map((id) => box.access.bySession(id, 'request')));
    expect(open.map((caller) => caller !== null)).toEqual([false, ...Array.from({ length: 20 }, () => true)]);
  });
});

describe('a member or moderator', () => {
  test.each(['member', 'moderator'] as const)('needs an extension, a %s too who is only tried out', async (role) => {
    const wish = { name: 'bob', roles: ['read', role], extension: null, language: 'en', password } as const;
    const refused = { problem: { code: 'access.extensionNeeded' }, field: 'extension', kind: 'invalid' };
    expect(() => box.users.tryOut(wish)).toThrow(expect.objectContaining(refused));
    await expect(box.users.set(wish, person('ada'))).rejects.toMatchObject(refused);
    expect(box.users.has('bob')).toBe(false);
    await box.users.set({ ...wish, extension: '101' }, person('ada'));
    await expect(box.users.set(wish, person('ada'))).rejects.toMatchObject(refused);
    expect(box.users.list()).toContainEqual(expect.objectContaining({ name: 'bob', extension: '101' }));
  });
});

describe('the second factor', () => {
  const secretOf = () => Buffer.from(box.store.current.users[0]?.secondFactor?.secret ?? '', 'base64');
  const step = () => Math.floor(box.clock.wall.time / 30_000);
  const code = (offset = 0) => totpCode(secretOf(), step() + offset);
  let recovery: readonly string[];
  beforeEach(async () => {
    await box.claim();
    const { secret } = box.users.beginSecondFactor(person('ada'));
    const bits = [...secret].map((sign) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'),
    );
    const bytes = bits.join('').match(/.{8}/g) ?? [];
    const app = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
    await expect(box.users.confirmSecondFactor('000000x', person('ada'))).rejects.toThrow('codeWrong');
    recovery = await box.users.confirmSecondFactor(totpCode(app, step()), person('ada'));
    box.wait(minute);
  });

  test('is asked for after the password, and only then', async () => {
    expect(await box.login('ada', 'wrong password', code())).toEqual({ ok: false, reason: 'wrong' });
    expect(await box.login('ada')).toEqual({ ok: false, reason: 'codeNeeded' });
    expect(await box.login('ada', password, '000000')).toEqual({ ok: false, reason: 'wrong' });
    expect(await box.login('ada', password, code())).toMatchObject({ ok: true });
  });

  test('opens once, also for two at the same time, and after a restart', async () => {
    const twice = await Promise.all([box.login('ada', password, code()), box.login('ada', password, code())]);
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    await box.store.change((users) => users);
    const next = await TestBox.open(folder);
    next.clock.wall = { ...box.clock.wall };
    expect(await next.login('ada', password, code())).toEqual({ ok: false, reason: 'wrong' });
    expect(await next.login('ada', password, code(1))).toMatchObject({ ok: true });
    await next.store.change((users) => users);
  });

  test('is not checked by a clock that is not set: a recovery code opens, once', async () => {
    box.clock.wall = { time: 0, state: 'notSet' };
    expect(await box.login('ada', password, code())).toEqual({ ok: false, reason: 'clockNotSet' });
    expect(await box.login('ada', password, recovery[0])).toMatchObject({ ok: true });
    expect(await box.login('ada', password, recovery[0])).not.toMatchObject({ ok: true });
    expect(await box.login('ada', password, recovery[1]?.toUpperCase().replaceAll('-', ''))).toMatchObject({
      ok: true,
    });
    await box.store.change((users) => users);
    expect(box.store.current.users[0]?.secondFactor?.recovery).toHaveLength(8);
    expect(await kept()).not.toContain(recovery[2]?.replaceAll('-', ''));
  });

  test('keeps nobody out whose clock and that of the box ran ahead, and opens once by whatever clock', async () => {
    const day = 24 * 60 * minute;
    const isOpened = async (typed: string) => (await box.login('ada', password, typed)).ok;
    const setClock = (ms: number) => {
      box.clock.wall = { ...box.clock.wall, time: box.clock.wall.time + ms };
    };
    setClock(day);
    const ahead = code();
    expect(await isOpened(ahead)).toBe(true);
    setClock(-day);
    const right = code();
    expect([await isOpened(right), await isOpened(right), await isOpened(code(1))]).toEqual([true, false, true]);
    setClock(day);
    expect([await isOpened(ahead), await isOpened(code(1))]).toEqual([false, true]);
    setClock(2 * minute - day);
    await box.store.change((users) => users);
    const next = await TestBox.open(folder);
    next.clock.wall = { ...box.clock.wall };
    expect(await next.login('ada', password, code())).toMatchObject({ ok: true });
    await next.store.change((users) => users);
  });

  test('cannot be guessed', async () => {
    const guesses: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      const outcome = await box.login('ada', password, String(n).padStart(6, '0'), '198.51.100.7');
      guesses.push(outcome.ok ? 'ok' : outcome.reason);
    }
    expect(guesses.filter((reason) => reason === 'wrong').length).toBeLessThanOrEqual(5);
  });

  test('goes with the password, or with the one-time code of the box', async () => {
    await expect(box.users.removeSecondFactor('guess', person('ada'))).rejects.toThrow('password.wrong');
    await box.users.removeSecondFactor(password, person('ada'));
    expect(await box.login('ada')).toMatchObject({ ok: true });
  });
});

describe('a token', () => {
  beforeEach(async () => {
    await box.claim();
    await box.add('bob', ['read', 'council']);
  });
  const make = (
    roles: readonly ('read' | 'council' | 'admin')[],
    days: number | null = null,
    owner: string | null = 'bob',
  ) => box.users.createToken({ name: 'scraper', owner, roles, days }, person('ada'));

  test('acts for its owner, with some of their roles, and no more than they have', async () => {
    const { token } = await make(['read', 'council']);
    expect(await box.access.byToken(token, '192.0.2.1')).toMatchObject({ kind: 'token', name: 'scraper' });
    await expect(make(['admin'])).rejects.toThrow('rolesTooMany');
    const wish = { name: 'bob', roles: ['read'] as const, extension: null, language: 'en' as const, password: null };
    await box.users.set(wish, person('ada'));
    expect((await box.access.byToken(token, ''))?.roles).toEqual(new Set(['read']));
    await box.users.remove('bob', person('ada'));
    expect(await box.access.byToken(token, '')).toBeNull();
  });

  test('of an admin may be one that only reads, since admins may read everything', async () => {
    const { token } = await make(['read'], null, 'ada');
    expect((await box.access.byToken(token, ''))?.roles).toEqual(new Set(['read']));
    await expect(make(['council'], null, 'ada')).rejects.toThrow('rolesTooMany');
  });

  test('is kept as a hash, and can be revoked', async () => {
    const { token, id } = await make(['read']);
    expect(await kept()).not.toContain(token.slice(-20));
    const rights = (await box.access.byToken(token, ''))?.rights;
    const ended: string[] = [];
    box.access.onEnded((right) => ended.push(right));
    await box.users.revokeToken(id, person('ada'));
    expect([rights, ended]).toEqual([['user bob', `token ${id}`], [`token ${id}`]]);
    expect(await box.access.byToken(token, '')).toBeNull();
    await expect(box.users.revokeToken(id, person('ada'))).rejects.toMatchObject({
      kind: 'missing',
      problem: { code: 'access.noSuchToken' },
    });
    expect(box.facts.slice(-2)).toEqual([
      { type: 'tokenCreated', token: 'scraper', user: 'bob', roles: 'read', by: 'ada', byKind: 'user' },
      { type: 'tokenRevoked', token: 'scraper', by: 'ada', byKind: 'user' },
    ]);
  });

  test('is nothing that resembles it', async () => {
    const { token } = await make(['read']);
    const changed = token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA');
    for (const text of ['', changed, token.slice(0, -1), `${token}x`, token.toUpperCase()])
      expect(await box.access.byToken(text, '')).toBeNull();
  });

  test('ends at its time, and shows the day of its last use', async () => {
    const { token } = await make(['read'], 2);
    box.wait(47 * hour);
    expect(await box.access.byToken(token, '')).not.toBeNull();
    await box.store.change((users) => users);
    expect(box.users.tokens()[0]?.lastUsedDay).toBe('2026-03-06');
    box.wait(hour);
    expect(await box.access.byToken(token, '')).toBeNull();
    box.clock.wall = { time: box.clock.wall.time, state: 'notSet' };
    await expect(make(['read'], 2)).rejects.toThrow('clockNotSet');
  });

  test('has no password and no second factor of its own', async () => {
    const token = person('scraper', ['admin'], 'token');
    await expect(box.users.changePassword(password, 'a new long one', token)).rejects.toThrow('personOnly');
    expect(() => box.users.beginSecondFactor(token)).toThrow('personOnly');
  });
});

describe('users', () => {
  beforeEach(async () => {
    await box.claim();
  });

  test('are never without an admin', async () => {
    await expect(box.users.remove('ada', person('ada'))).rejects.toMatchObject({
      kind: 'conflict',
      problem: { code: 'access.lastAdmin' },
    });
    await expect(box.users.remove('eve', person('ada'))).rejects.toMatchObject({
      kind: 'missing',
      problem: { code: 'access.noSuchUser' },
    });
    await expect(box.add('ada', ['read'])).rejects.toThrow('lastAdmin');
    await box.add('bob', ['admin']);
    await box.users.remove('ada', person('bob'));
    expect(box.users.list().map(({ name }) => name)).toEqual(['bob']);
  });

  test('are told apart by what people see', async () => {
    await box.add('ADA', ['admin']);
    await box.add('Jürgen', ['read']);
    await box.add('Ju\u0308rgen', ['read']);
    expect(box.users.list().map(({ name }) => name)).toEqual(['ADA', 'Jürgen']);
    for (const name of ['', ' ', 'a\u0000b', 'a\u200bb', 'x'.repeat(65)])
      await expect(box.add(name, ['read']), name).rejects.toThrow('nameUnusable');
  });

  test('change their own password, and are signed out everywhere', async () => {
    const session = await box.session('ada');
    await expect(box.users.changePassword('guess', 'a new long one', person('ada'))).rejects.toThrow('password.wrong');
    await box.users.changePassword(password, 'a new long one', person('ada'));
    expect(await box.access.bySession(session, 'request')).toBeNull();
    expect(await box.login('ada', 'a new long one')).toMatchObject({ ok: true });
    expect(JSON.stringify(box.facts)).not.toContain('long');
  });

  test('do not undo with the old password what an admin does while it is being checked', async () => {
    const given = 'given by an admin';
    const wish = { name: 'ada', roles: ['admin'], extension: null, language: 'en', password: given } as const;
    const ends = await Promise.allSettled([
      box.users.changePassword(password, 'of whoever knows the old one', person('ada')),
      box.users.set(wish, person('console')),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await box.login('ada', given)).toMatchObject({ ok: true });
  });

  test('have a hijacked session guess no password', async () => {
    const guesses: string[] = [];
    for (let n = 0; n < 8; n += 1)
      await box.users.changePassword('guess', 'a new long one', person('ada')).catch((error: Error) => {
        guesses.push(error.message);
      });
    expect(guesses.filter((message) => message.includes('tooManyTries')).length).toBeGreaterThanOrEqual(3);
  });

  test('fit in a table with an end', async () => {
    await box.store.change((all) => {
      const [first] = all.users;
      if (!first) throw new Error('nobody');
      return { ...all, users: [first, ...Array.from({ length: 499 }, (_, n) => ({ ...first, name: `user${n}` }))] };
    });
    const wish = {
      name: 'one more',
      roles: ['read'] as const,
      extension: null,
      language: 'en' as const,
      password: null,
    };
    await expect(box.users.set(wish, person('ada'))).rejects.toThrow('tooManyUsers');
  });
});
