import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { askBox, socketOf } from '../support/box-socket.js';
import { WatchedStream } from '../support/event-stream.js';
import { until } from '../support/waiting.js';
import { Generator } from './load/generator.js';
import { ahead, chooseCores, describeMachine, moveTo, punctual } from './machine.js';
import { speaking } from './measure/load.js';
import { measureStartUp } from './measure/start-up.js';
import { measureWindow } from './measure/window.js';
import { aLaw } from './plan.js';
import { Modcall } from './systems/modcall.js';

// What a change of the settings costs the calls that run: 250 extensions, 60 calls, watchers of live events, of whom some never read.
const phones = 83;
const calls = 60;
const changes = 5;
const readers = 16;
const idlers = 8;
const betweenMs = 1000;
/** What follows from a change, such as registrations that end, is held against it, too. */
const afterwardsMs = 300;
/** Goals: of the loop, in milliseconds, and of packets. */
const longestAllowedMs = 50;

interface Change {
  readonly what: string;
  readonly answeredMs: number;
  readonly loopMs: number;
}

const programs = { generator: resolve('build/bench/rtp-load'), modcall: resolve('dist/cli/modcall.js') };
const data = await mkdtemp(join(tmpdir(), 'modcall-bench-'));
const ask = askBox(data);
const figures = join(data, 'loop-delay');
process.env.BENCH_LOOP_DELAY = figures;
process.env.NODE_OPTIONS = `--require ${resolve('test/bench/loop-delay.cjs')}`;

const cores = chooseCores();
moveTo(cores.generator);
const generator = Generator.start([...punctual(cores), programs.generator]);
const modcall = await Modcall.make({ program: programs.modcall, data, phones, placement: ahead(cores) });
try {
  await modcall.prepare();
  const { office, tree } = await measureStartUp(modcall, generator);
  await office.registerAll(phones);
  await office.growTo(calls, aLaw);
  const loaded = speaking(office.calls);
  const first = await changed(tree.root, 'first request', 'GET', '/api/state');
  const watchers = await Promise.all(Array.from({ length: readers + idlers }, watch));
  for (const idler of watchers.slice(readers)) idler.response.pause();
  await pause(betweenMs);
  const seconds = (2 * changes + 2) * (betweenMs / 1000);
  const [load, made] = await Promise.all([
    measureWindow({ generator, tree, cores }, loaded, 'plain', seconds),
    changeAgainAndAgain(tree.root),
  ]);
  const all = await allPasswords(tree.root);
  for (const watcher of watchers) watcher.close();
  await office.shrinkTo(0);
  office.close();
  report([first, ...made, all], load);
} finally {
  await modcall.stop();
  await generator.close();
  await rm(data, { recursive: true, force: true });
}

function watch(): Promise<WatchedStream> {
  return WatchedStream.at({ socketPath: socketOf(data), path: '/api/events' });
}

async function changeAgainAndAgain(pid: number): Promise<readonly Change[]> {
  const made: Change[] = [];
  for (let round = 0; round < changes; round += 1) {
    const { settings } = JSON.parse((await ask('GET', '/api/settings')).text);
    await pause(betweenMs / 2);
    const all = { settings: { ...settings, ringSeconds: 30 + round } };
    made.push(await changed(pid, 'PUT /api/settings', 'PUT', '/api/settings', all));
    await pause(betweenMs / 2);
    const [{ number }] = settings.extensions;
    made.push(
      await changed(pid, 'PATCH /api/extensions', 'PATCH', `/api/extensions/${number}`, { consents: round % 2 === 0 }),
    );
  }
  return made;
}

/** Ends the registrations of all phones at once. */
async function allPasswords(pid: number): Promise<Change> {
  const { settings } = JSON.parse((await ask('GET', '/api/settings')).text);
  const extensions = settings.extensions.map((extension: object) => ({
    ...extension,
    password: randomBytes(16).toString('hex'),
  }));
  await pause(betweenMs);
  return changed(pid, 'all passwords', 'PUT', '/api/settings', { settings: { ...settings, extensions } });
}

/** Asks for something, and how long the loop of the box was held up meanwhile. */
async function changed(pid: number, what: string, method: string, path: string, body?: object): Promise<Change> {
  await loopDelay(pid);
  const begun = performance.now();
  const { status, text } = await ask(method, path, body);
  const answeredMs = performance.now() - begun;
  if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
  await pause(afterwardsMs);
  return { what, answeredMs, loopMs: await loopDelay(pid) };
}

/** The longest time for which the loop was held up since this was asked the last time, in milliseconds. */
async function loopDelay(pid: number): Promise<number> {
  await rm(figures, { force: true });
  process.kill(pid, 'SIGUSR2');
  const text = await until('the figure', async () => (await readFile(figures, 'utf8').catch(() => '')) || undefined);
  return Number(text);
}

function report(
  made: readonly Change[],
  { quality, misheard, disturbances, cpuPercent, memory }: Awaited<ReturnType<typeof measureWindow>>,
): void {
  console.log(describeMachine());
  for (const { what, answeredMs, loopMs } of made)
    console.log(`${what.padEnd(24)} answered after ${answeredMs.toFixed(0)} ms, loop held up ${loopMs.toFixed(1)} ms`);
  const changesOnly = made.filter(({ what }) => what !== 'first request');
  const longest = Math.max(...changesOnly.map(({ loopMs }) => loopMs));
  const lost = Math.max(...Object.values(quality).map(({ lostPercent }) => lostPercent));
  console.log(
    `${calls} calls: lost ${lost} %, longest gap ${Math.max(...Object.values(quality).map(({ longestGapMs }) => longestGapMs))} ms, CPU ${cpuPercent.toFixed(1)} %, RSS ${memory.rss.toFixed(1)} MB`,
  );
  for (const line of [...disturbances, ...misheard]) console.log(`! ${line}`);
  console.log(
    `loop at most ${longestAllowedMs} ms: ${longest.toFixed(1)} ms, ${longest <= longestAllowedMs ? 'met' : 'missed'}`,
  );
  console.log(`no packet lost: ${lost === 0 ? 'met' : 'missed'}`);
}
