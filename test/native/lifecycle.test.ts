import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram, startProgram } from './support/program.js';
import { RawPhone } from './support/raw-sip.js';

describe('in a process of its own, an endpoint', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifecycle-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = (scenario: string) =>
    runProgram('lifecycle', { args: [scenario, join(folder, `${scenario}.wav`)], execArgv: ['--expose-gc'] });

  it.each([
    ['can be closed in any order', 'closeInEveryOrder'],
    ['can be closed twice, and so can its parts', 'closeTwice'],
    ['is the only one at a time, and can be followed by another', 'createOneAtATime'],
    ['can be created after a failed attempt', 'createAfterFailure'],
    ['can be closed by listeners of its own events', 'closeInListeners'],
    ['may lose a player in its own listener', 'finishInListener'],
    ['does not need anyone to hold on to its parts', 'collectGarbage'],
    ['lets the process exit while everything is open', 'exitWhileOpen'],
    ['lets the process exit at once', 'exitAtOnce'],
    ['lets the process exit while it closes', 'exitWhileClosing'],
    ['turns errors in listeners into uncaught exceptions', 'throwInListener'],
    ['cannot be created in a worker', 'createInWorker'],
  ])('%s', async (_, scenario) => {
    expect(await run(scenario)).toMatchObject({ code: 0, signal: null, output: '' });
  });

  it('closes a TCP transport, and itself, during calls', async () => {
    expect(await runProgram('tcp-ends')).toMatchObject({ code: 0, signal: null, output: '' });
  });

  it('keeps running the example of its README when callers hang up at once', async () => {
    const example = await readFile(new URL('./support/programs/example.ts', import.meta.url), 'utf8');
    const readme = await readFile(new URL('../../src/node-pjsua2/README.md', import.meta.url), 'utf8');
    const shown = /^const registrar[\s\S]*?(?=^```)/m.exec(readme)?.[0] ?? expect.fail('the README has no example');
    expect(example).toContain(shown.trim());

    const child = await startProgram('example');
    const [port] = await once(child, 'message');
    const phone = await RawPhone.open(Number(port));
    for (let count = 0; count < 60; ++count) {
      const invite = phone.compose({ method: 'INVITE', uri: 'sip:200@127.0.0.1', cseq: 1 });
      phone.send(invite);
      phone.send(invite.replace(/^INVITE/, 'CANCEL').replace('1 INVITE', '1 CANCEL'));
    }
    await phone.request({ method: 'OPTIONS' }); // all before were read
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
    phone.close();
  });

  it('completes its recordings when it is closed', async () => {
    expect(await run('closeWhileRecording')).toMatchObject({ code: 0, output: '' });
    const file = await readFile(join(folder, 'closeWhileRecording.wav'));
    expect(file.length).toBeGreaterThan(4000);
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
  });

  it('ends with its process in the middle of calls, again and again', async () => {
    const rounds = Array.from({ length: 24 }, (_, round) => round);
    const atOnce = 3;
    const ends = await Promise.all(
      Array.from({ length: atOnce }, async (_, worker) => {
        const own = [];
        for (const round of rounds.filter((number) => number % atOnce === worker))
          own.push(await runProgram('exit', { args: [String(100 + round * 20)] }));
        return own;
      }),
    );
    expect(ends.flat().filter(({ code, output }) => code !== 0 || output !== '')).toEqual([]);
  });

  it('completes its recordings when its process ends', async () => {
    const path = join(folder, 'exit.wav');
    expect(await runProgram('exit', { args: ['600', path] })).toMatchObject({ code: 0, signal: null, output: '' });
    const file = await readFile(path);
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
  });
});
