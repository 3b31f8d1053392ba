import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passwordOf, pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';

const program = fileURLToPath(new URL('../../../dist/cli/modcall.js', import.meta.url));

describe('the audit record', () => {
  let office: RunningOffice;

  beforeEach(async () => {
    office = await RunningOffice.open();
  });
  afterEach(() => office.close());

  const command = (...words: string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = execFile(program, ['--data', office.appliance.folder, ...words], (_, out, err) =>
        resolve({ code: child.exitCode, said: out + err }),
      );
    });
  const record = () => join(office.appliance.folder, 'audit.jsonl');
  const facts = async () => (await office.appliance.audit()).map(({ fact }) => fact);
  const listening = async () => {
    await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    return moderator;
  };

  it('tells who listened to whom, in which mode, with which notice, until when and why', async () => {
    const moderator = await listening();
    await moderator.pressKeys('5', 'rfc4733');
    await until('whisper to be recorded', async () => (await office.recorded('modeChanged')).length === 1);
    moderator.hangUp();
    await until('the end to be recorded', async () => (await office.recorded('dialogueEnded')).length === 1);
    const watched = { moderator: '100', member: '101', other: '102' };
    const session = { session: expect.any(Number), profile: 'support', caller: '100' };
    expect(await facts()).toMatchObject([
      { type: 'boxStarted' },
      { ...session, type: 'attempt' },
      { ...session, type: 'identified', moderator: '100' },
      { ...session, ...watched, type: 'started', noticeMember: 'none', noticeOther: 'none' },
      { ...session, ...watched, type: 'modeChanged', mode: 'whisper' },
      { ...session, ...watched, type: 'ended', reason: 'moderatorHungUp', seconds: expect.any(Number) },
      { ...session, type: 'dialogueEnded', moderator: '100' },
    ]);
  });

  it('tells a wrong PIN, but never the PIN or a password', async () => {
    await office.moderate('100', '135790#');
    await office.untilRefused('wrongPin');
    await listening().then((moderator) => moderator.hangUp());
    const text = (await readFile(record(), 'utf8')) + JSON.stringify(office.appliance.log);
    for (const secret of ['135790', pins[100], pins[109], passwordOf('100'), passwordOf('101')]) {
      expect(text).not.toContain(secret);
    }
  });

  it('is sound after a power cut in the middle of listening, and tells at the next start that the session is over', async () => {
    await listening();
    await office.powerCut();
    expect((await facts()).map(({ type }) => type)).toEqual([
      'boxStarted',
      'attempt',
      'identified',
      'started',
      'ended',
      'dialogueEnded',
      'boxStarted',
    ]);
    const lost = { session: 1, profile: 'support', caller: '100', moderator: '100' };
    expect((await facts()).slice(4, 6)).toMatchObject([
      { ...lost, member: '101', other: '102', reason: 'boxStopped', seconds: null },
      lost,
    ]);
    expect(await command('audit', 'verify')).toMatchObject({ code: 0 });
  });

  it('names no session and no call by a number that was given before the box was stopped or lost its power', async () => {
    const seen: { session: unknown; call: unknown }[] = [];
    const note = async () => {
      await listening();
      const begun = office.appliance.log.find(({ msg }) => msg === 'callStarted')?.note;
      seen.push({ session: (await office.recorded('attempt')).at(-1)?.session, call: Object(begun).call });
    };
    await note();
    await office.powerCut();
    await note();
    await office.restart();
    await note();
    for (const key of ['session', 'call'] as const) {
      const numbers = seen.map((each) => each[key]);
      expect(numbers).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
      expect(new Set(numbers).size).toBe(3);
    }
  });

  it('has the end of a session in which the box was stopped', async () => {
    await listening();
    expect(await office.appliance.stop()).toBe(0);
    expect((await facts()).slice(-3)).toMatchObject([
      { type: 'ended', reason: 'boxStopped', seconds: expect.any(Number) },
      { type: 'dialogueEnded', moderator: '100' },
      { type: 'boxStopped' },
    ]);
  });

  it('is verified on the command line, which finds a changed entry and names its line', async () => {
    await listening().then((moderator) => moderator.hangUp());
    await until('the end to be recorded', async () => (await office.recorded('dialogueEnded')).length === 1);
    expect(await office.appliance.stop()).toBe(0);
    expect(await command('audit', 'verify')).toMatchObject({ code: 0 });
    expect((await command('audit', 'show')).said).toContain('101');
    const text = await readFile(record(), 'utf8');
    await writeFile(record(), text.replace('"member":"101"', '"member":"103"'));
    const verdict = await command('audit', 'verify');
    expect(verdict.code).toBe(1);
    expect(verdict.said).toMatch(/\b4\b/);
  });
});
