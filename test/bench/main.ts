import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { judge } from './goals.js';
import { Generator } from './load/generator.js';
import { ahead, chooseCores, describeMachine, moveTo, punctual } from './machine.js';
import { type FloorResult, measureFloor } from './measure/floor.js';
import { measureRest, measureRound, type Round, type Surroundings } from './measure/system.js';
import { together } from './measure/together.js';
import { OptionError, type Options, parseOptions, usage } from './options.js';
import { makePlan, type Plan } from './plan.js';
import { drawChart } from './report/chart.js';
import { toMarkdown, toText } from './report/table.js';
import { summaryLines, tablesOf } from './report/tables.js';
import type { BenchResult, SystemResult } from './results.js';
import { Asterisk } from './systems/asterisk.js';
import { Modcall } from './systems/modcall.js';
import type { System } from './systems/system.js';

const programs = {
  generator: resolve('build/bench/rtp-load'),
  relay: resolve('build/bench/udp-relay'),
  modcall: resolve('dist/cli/modcall.js'),
};

/** Tells what is going on; the result alone goes to stdout. */
const say = (line: string) => console.error(line);

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return;
  }
  const cores = chooseCores();
  const machine = describeMachine();
  moveTo(cores.generator);
  const generator = Generator.start([...punctual(cores), programs.generator]);
  const data = await mkdtemp(join(tmpdir(), 'modcall-bench-'));
  try {
    const measured = await measureAll(options, { generator, cores, say }, data);
    await publish({ when: new Date().toISOString(), machine, ...measured }, options);
  } finally {
    await generator.close();
    await rm(data, { recursive: true, force: true });
  }
}

async function measureAll(
  options: Options,
  surroundings: Surroundings,
  data: string,
): Promise<Omit<BenchResult, 'when' | 'machine'>> {
  const plan = makePlan(options);
  const { phones } = plan;
  const placement = ahead(surroundings.cores);
  const modcall = await Modcall.make({ program: programs.modcall, data, phones, placement });
  const folder = process.env.BENCH_DIR;
  const asterisk = folder === undefined ? undefined : new Asterisk(folder, phones, placement);
  onSignal(async () => {
    await Promise.all([modcall.stop(), asterisk?.stop()]);
    await rm(data, { recursive: true, force: true });
  });
  const floors: FloorResult[] = [];
  const rounds = { modcall: [] as Round[], asterisk: [] as Round[] };
  await Promise.all([modcall.prepare(), asterisk?.prepare()]);
  for (let round = 1; round <= plan.rounds; round += 1) {
    say(`round ${round} of ${plan.rounds}`);
    floors.push(...(await measureFloors(plan, surroundings)));
    rounds.modcall.push(await measureRound(modcall, plan, surroundings));
    if (asterisk) rounds.asterisk.push(await measureRound(asterisk, plan, surroundings));
  }
  return {
    floor: floorsTogether(floors),
    modcall: await resultOf(modcall, rounds.modcall, plan, surroundings),
    asterisk: asterisk && (await resultOf(asterisk, rounds.asterisk, plan, surroundings)),
  };
}

/** The rounds of a system, and what is measured but once. */
async function resultOf(
  system: System,
  rounds: readonly Round[],
  plan: Plan,
  surroundings: Surroundings,
): Promise<SystemResult> {
  const { startUp, ...rest } = await measureRest(system, plan, surroundings);
  const loads = plan.loads.flatMap((point, index) => {
    const [first, ...others] = rounds.flatMap((round) => round.loads[index] ?? []);
    return first ? [{ point, ...together([first, ...others]) }] : [];
  });
  return { name: system.name, startUps: [...rounds.map((round) => round.startUp), startUp], loads, ...rest };
}

function floorsTogether(floors: readonly FloorResult[]): FloorResult[] {
  return [...new Set(floors.map(({ calls }) => calls))].flatMap((calls) => {
    const [first, ...others] = floors.filter((floor) => floor.calls === calls);
    return first ? [{ calls, ...together([first, ...others]) }] : [];
  });
}

/** The systems run in sessions of their own, which the terminal's Ctrl-C does not reach. */
function onSignal(cleanUp: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
  }
}

async function measureFloors(plan: Plan, { generator, cores }: Surroundings): Promise<FloorResult[]> {
  const command = [...ahead(cores), programs.relay];
  const results: FloorResult[] = [];
  for (const { calls, mode, codecs } of plan.loads) {
    if (mode !== 'plain') continue;
    say(`bare relay: ${calls} calls`);
    results.push(await measureFloor({ generator, cores, command }, calls, codecs.member, plan.seconds));
  }
  return results;
}

async function publish(run: BenchResult, { json, report, chart }: Options): Promise<void> {
  const tables = tablesOf(run);
  console.log([summaryLines(run).join('\n'), ...tables.map(toText)].join('\n\n'));
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ ...run, goals: judge(run) }, null, 2)}\n`);
  if (report !== undefined) {
    const parts = ['## Benchmark', ...summaryLines(run), ...tables.map(toMarkdown)];
    await writeFile(report, `${parts.join('\n\n')}\n`);
  }
  const drawing = drawChart(run);
  if (chart !== undefined && drawing !== undefined) await writeFile(chart, drawing);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof OptionError ? error.message : error);
  process.exitCode = error instanceof OptionError ? 2 : 1;
}
