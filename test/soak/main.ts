import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ProcessTree } from '../bench/process-tree.js';
import { Chance } from './chance.js';
import type { LongCall } from './long-call.js';
import { SoakOffice } from './office.js';
import { type Fate, randomCall } from './random-call.js';
import { chart, type Sample, summary, verdict } from './report.js';

const minuteMs = 60_000;
const phonesOfACall = 3;
const patienceMs = 120_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '70' },
    calls: { type: 'string', default: '2000' },
    'call-minutes': { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    output: { type: 'string', default: 'build/soak' },
  },
});
const minutes = Number(values.minutes);
const calls = Number(values.calls);
const callMinutes = Number(values['call-minutes']);

/** How the random calls went. */
const fates = new Map<Fate, number>();
const failures: string[] = [];

/** Begins the random calls at even distances; resolves when the last has ended. */
async function crowd(office: SoakOffice): Promise<void> {
  const began = performance.now();
  const running = new Set<Promise<void>>();
  for (let index = 0; index < calls; index += 1) {
    const due = began + (index * callMinutes * minuteMs) / calls;
    await pause(Math.max(0, due - performance.now()));
    const one = oneCall(office, new Chance(Number(values.seed) * 1_000_003 + index)).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
}

async function oneCall(office: SoakOffice, chance: Chance): Promise<void> {
  let phones = office.take(phonesOfACall);
  for (const deadline = performance.now() + patienceMs; !phones; phones = office.take(phonesOfACall)) {
    if (performance.now() > deadline) throw new Error('no phone has become free');
    await pause(100);
  }
  const [caller, callee, third] = phones;
  if (!caller || !callee || !third) throw new Error('three phones were asked for');
  const moderator = office.takeModerator();
  try {
    const fate = await randomCall({ caller, callee, third, moderator }, chance);
    fates.set(fate, (fates.get(fate) ?? 0) + 1);
  } catch (error) {
    failures.push(error instanceof Error ? error.message : String(error));
  }
  office.give(phones, moderator);
}

/** Once a minute: what the long calls heard, and what the process holds. */
async function watch(office: SoakOffice, long: readonly LongCall[]): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const began = performance.now();
  for (let minute = 1; minute <= minutes; minute += 1) {
    await pause(Math.max(0, began + minute * minuteMs - performance.now()));
    const { pid } = office.appliance;
    const heard = long.flatMap((call) => call.listen());
    const sample: Sample = {
      minute,
      megabytes: new ProcessTree(pid).memory().rss,
      files: (await readdir(`/proc/${pid}/fd`)).length,
      lost: heard.reduce((sum, { lost }) => sum + lost, 0),
      longestGapMs: Math.max(...heard.map(({ longestGapMs }) => longestGapMs)),
      complaints: [
        ...heard.flatMap(({ complaint }) => complaint ?? []),
        ...(long.every(({ isUp }) => isUp) ? [] : ['a long call has ended']),
      ],
    };
    samples.push(sample);
    const total = [...fates.values()].reduce((sum, count) => sum + count, 0);
    console.log(JSON.stringify({ ...sample, calls: total, failures: failures.length }));
    office.appliance.log.length = 0;
  }
  return samples;
}

const office = await SoakOffice.open();
const long = await office.longCalls();
const [samples] = await Promise.all([watch(office, long), crowd(office)]);
for (const call of long) call.hangUp();
const exitCode = await office.close();
const result = { samples, fates: Object.fromEntries(fates), failures, exitCode };
await mkdir(values.output, { recursive: true });
await writeFile(`${values.output}/soak.json`, `${JSON.stringify(result, null, 2)}\n`);
await writeFile(`${values.output}/soak.svg`, chart(samples));
console.log(summary(result));
const faults = verdict(result);
for (const fault of faults) console.error(`soak: ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
