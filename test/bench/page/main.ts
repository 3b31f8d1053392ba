import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LocalNetwork } from '../../support/local-network.js';
import { WebBrowser } from '../../web/browser.js';
import { Generator } from '../load/generator.js';
import { ahead, chooseCores, describeMachine, moveTo, punctual } from '../machine.js';
import { measureStartUp } from '../measure/start-up.js';
import { OptionError } from '../options.js';
import { aLaw } from '../plan.js';
import { ProcessTree } from '../process-tree.js';
import { toMarkdown, toText } from '../report/table.js';
import { Modcall } from '../systems/modcall.js';
import type { PageFigures } from './figures.js';
import { measureFirstAudio } from './first-audio.js';
import { measureFirstLoad } from './first-load.js';
import { measureListening } from './listeners.js';
import { measureLiveCost } from './live-cost.js';
import { type PagePlan, parsePageOptions } from './options.js';
import { addUsers, type PageRig } from './rig.js';
import { loadText, pageTables } from './tables.js';

const programs = { generator: resolve('build/bench/rtp-load'), modcall: resolve('dist/cli/modcall.js') };
const say = (line: string) => console.error(line);

async function main(): Promise<void> {
  const plan = parsePageOptions(process.argv.slice(2));
  const begun = loadText();
  const tables = pageTables(await measured(plan));
  const lines = [JSON.stringify(describeMachine()), `${begun}; at the end ${loadText()}`];
  console.log([lines.join('\n'), ...tables.map(toText)].join('\n\n'));
  if (plan.report !== undefined)
    await writeFile(plan.report, `${[...lines, ...tables.map(toMarkdown)].join('\n\n')}\n`);
}

async function measured(plan: PagePlan): Promise<PageFigures> {
  const { phones, moderators } = plan;
  const cores = chooseCores();
  moveTo(cores.generator);
  const generator = Generator.start([...punctual(cores), programs.generator]);
  const data = await mkdtemp(join(tmpdir(), 'modcall-bench-'));
  const webPort = await freeTcpPort();
  const modcall = await Modcall.make({
    program: programs.modcall,
    ...{ data, phones, moderators, webPort },
    placement: ahead(cores),
  });
  const network = await LocalNetwork.open();
  const browser = await WebBrowser.start('tone');
  try {
    await modcall.prepare();
    const { office, tree } = await measureStartUp(modcall, generator);
    await addUsers(data, moderators);
    const trees = { box: tree, browser: new ProcessTree(await browser.pid()) };
    return await measurePage({ office, trees, browser, address: `https://127.0.0.1:${webPort}/` }, plan);
  } finally {
    await browser.close();
    await modcall.stop();
    await network.close();
    await generator.close();
    await rm(data, { recursive: true, force: true });
  }
}

async function measurePage(rig: PageRig, plan: PagePlan): Promise<PageFigures> {
  const { office } = rig;
  say(`${3 * plan.phones} phones, ${plan.calls} calls`);
  await office.registerAll(plan.phones);
  await office.growTo(plan.calls, aLaw);
  say('first load');
  const firstLoad = await measureFirstLoad(rig);
  say('Live');
  const live = await measureLiveCost(rig, plan.seconds);
  say(`click to first audio, ${plan.clicks} times`);
  const firstAudio = await measureFirstAudio(rig, plan.clicks);
  say(`${plan.moderators} moderators listen in browsers`);
  const listening = await measureListening(rig, plan);
  await office.shrinkTo(0);
  office.close();
  return { firstLoad, live, firstAudio, listening };
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = Object(server.address());
  server.close();
  return port;
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof OptionError ? error.message : error);
  process.exit(error instanceof OptionError ? 2 : 1);
}
