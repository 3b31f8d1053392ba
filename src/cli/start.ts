import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { checkBoardName } from '../admin/boards.js';
import { dataFile } from '../admin/data-folder.js';
import { countryOf, logLevels } from '../admin/settings.js';
import { AdminError } from '../admin/speaking.js';
import type { Message } from '../locales/codes.js';
import { text } from '../locales/text.js';
import type { CommandContext } from './command.js';
import { CommandError, saying } from './command-error.js';
import { httpUrl } from './http-url.js';
import type { Appliance, StartOptions, WebAddress } from './start-options.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { type ListeningAddress, pageText, welcome } from './welcome.js';
import { parseWords } from './words.js';

/** How long stopping may take, in milliseconds. */
const endPatienceMs = 10_000;

/** `modcall start`: runs the appliance until it is told to stop. */
export function runStart(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  return saying(context.terminal, async () => {
    const values = parsed(args);
    if (values.board !== undefined) await requireBoard(values.board, context);
    return start(optionsOf(values, context), context);
  });
}

async function start(options: StartOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal, signals, watch, manager } = context;
  // The reader of the output may go away; the telephones stay.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  void signals.stop.then(() => {
    tell(terminal, text(terminal.language, 'command.stopping'));
    endAtLast(context);
  });
  if (signals.isStopping) return exitCode.ok;
  options.onStep('load');
  const startAppliance = await context.loadAppliance();
  const appliance = await startAppliance(options);
  watch?.end();
  signals.onHangUp(() => appliance.hangUp());
  if (!signals.isStopping) welcomeAdmin(appliance, options, terminal);
  void tellLatePage(appliance, context);
  manager?.ready();
  const code = await Promise.race([
    signals.stop.then(() => exitCode.ok),
    appliance.restart.then((restarted) => (restarted === 'box' ? exitCode.restart : exitCode.restartMachine)),
  ]);
  manager?.stopping();
  if (code !== exitCode.ok) endAtLast(context);
  await appliance.stop();
  return code;
}

function welcomeAdmin(appliance: Appliance, options: StartOptions, terminal: Terminal): void {
  tell(
    terminal,
    welcome(terminal.language, {
      ...appliance.firstSteps,
      troubles: appliance.troubles,
      addresses: reachable(appliance.addresses),
      frontPanel: appliance.frontPanel,
      oneTimeCode: appliance.oneTimeCode,
      pageTrouble: appliance.pageTrouble,
      page: appliance.web && reachablePage(appliance.web),
      demoCall: options.demo,
      hardwareId: appliance.hardwareId,
      licence: appliance.licence,
    }),
  );
}

/** Where the page is, if the welcome could not say it yet. */
async function tellLatePage({ latePage, firstSteps }: Appliance, { terminal, signals }: CommandContext): Promise<void> {
  const late = await latePage;
  if (!late?.web || signals.isStopping) return;
  const { web, oneTimeCode } = late;
  tell(
    terminal,
    pageText(terminal.language, { ...firstSteps, page: reachablePage(web), pageTrouble: null, oneTimeCode }),
  );
}

/** For a person: where a program reads the log from standard output, nothing else may come between its lines. */
function tell(terminal: Terminal, text: string): void {
  if (process.stdout.isTTY) terminal.print(text);
  else terminal.printError(text);
}

/** A start or an end that something holds up does not hold up the machine; and whoever asks twice is in a hurry. */
function endAtLast({ terminal, signals }: CommandContext): void {
  signals.onAgain(endAtOnce);
  setTimeout(() => {
    terminal.printError(text(terminal.language, 'command.stoppedHard'));
    endAtOnce();
  }, endPatienceMs).unref();
}

/** Not `process.exit`, which waits for the very things that hold it up: threads of the pool that the disk does not answer. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** A typing mistake is noticed before anything is created; a service's environment names a folder that existed once. */
async function requireBoard(name: string, { dataFolder, boards }: CommandContext): Promise<void> {
  try {
    await checkBoardName(dataFolder, boards, name);
  } catch (error) {
    if (error instanceof AdminError) throw new CommandError(error.problem, exitCode.usage);
    throw error;
  }
}

/** The options, or what is wrong with them. */
function optionsOf(values: Values, { terminal, environment, dataFolder, watch }: CommandContext): StartOptions {
  const { language } = terminal;
  const fault = faultOf(values);
  if (fault !== undefined) throw new CommandError(fault, exitCode.usage);
  const { 'sip-port': sipPort, 'web-port': webPort, 'panel-port': panelPort, 'panel-address': panelAddress } = values;
  return {
    dataFolder,
    image: environment.MODCALL_IMAGE_VERSION || null,
    board: values.board ?? (environment.MODCALL_BOARD || 'simulator'),
    frontPanel: values['no-panel'] ? null : { address: panelAddress, port: Number(panelPort) },
    sipPort: sipPort === undefined ? null : Number(sipPort),
    webPort: webPort === undefined ? null : Number(webPort),
    demo: values.demo ?? false,
    logLevel: logLevels.find((level) => level === values['log-level']) ?? null,
    language,
    country: countryOf(environment),
    onStep: (step) =>
      watch?.step({
        text: text(language, 'start.stuck', { at: text(language, `start.step.${step}`) }),
        log: dataFile(dataFolder, 'log'),
      }),
  };
}

/** What is wrong with a value; undefined if nothing is. */
function faultOf(values: Values): Message | undefined {
  for (const option of ['sip-port', 'web-port', 'panel-port'] as const) {
    const port = values[option];
    if (port !== undefined && !isPort(port))
      return { code: 'command.wrongPort', params: { option: `--${option}`, value: port } };
  }
  const { 'panel-address': address, 'log-level': level } = values;
  if (isIP(address) === 0) return { code: 'command.wrongAddress', params: { value: address } };
  const isLevel = level === undefined || logLevels.some((each) => each === level);
  return isLevel ? undefined : { code: 'command.wrongLogLevel', params: { value: level } };
}

type Values = ReturnType<typeof parsed>;

function parsed(args: readonly string[]) {
  return parseWords({
    args: [...args],
    options: {
      'sip-port': { type: 'string' },
      'web-port': { type: 'string' },
      demo: { type: 'boolean' },
      'log-level': { type: 'string' },
      board: { type: 'string' },
      // Only this computer sees the front panel, unless an option says otherwise.
      'panel-port': { type: 'string', default: '8090' },
      'panel-address': { type: 'string', default: '127.0.0.1' },
      'no-panel': { type: 'boolean' },
    },
  }).values;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535;
}

/** A browser of another computer finds the box by an address of its own; this computer finds it there, too. */
function reachablePage({ address, port, encrypted }: WebAddress): string {
  const [found = { address }] = reachable([{ protocol: 'tcp', address, port }]);
  return httpUrl(found.address, port, encrypted);
}

/** Where a phone finds the box: the address that means all of them is replaced by each of the machine's own. */
function reachable(addresses: readonly ListeningAddress[]): ListeningAddress[] {
  const own = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family }) => family === 'IPv4')
    .sort((a, b) => Number(a.internal) - Number(b.internal));
  return addresses.flatMap((entry) =>
    entry.address === '0.0.0.0' ? own.map(({ address }) => ({ ...entry, address })) : [entry],
  );
}
