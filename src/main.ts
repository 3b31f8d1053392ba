import { fork } from 'node:child_process';
import type { Appliance, FrontPanelAddress, StartOptions } from './cli/start.js';
import type { DemoPhonesOrder } from './demo/demo-phones.js';
import type { EngineAddress } from './engine/engine.js';
import { PjsuaEngine } from './engine/pjsua.js';
import { loadPrompts } from './engine/pjsua-prompts.js';
import { boxSpeech } from './gateway/box-speech.js';
import { boxState } from './gateway/box-state.js';
import { Gateway } from './gateway/gateway.js';
import { newPorts, type PortsSettings } from './gateway/ports.js';
import { countsAsSimulated, noteBoard, simulator } from './identity/board.js';
import { type Identity, type IdentityPaths, identityPaths } from './identity/identity.js';
import { LicenceDesk } from './identity/licence-desk.js';
import { LicenceFiles } from './identity/licence-files.js';
import { introduce, logVerdict } from './identity/licence-log.js';
import { ownAddresses } from './identity/own-addresses.js';
import { vendorTrust } from './identity/vendor-trust.js';
import type { ButtonAction } from './indication/button.js';
import { untouchedPanel } from './indication/front-panel.js';
import { installation } from './installation.js';
import { hardwareIdText } from './licensing/hardware-id.js';
import { closureChange } from './licensing/licence-closure.js';
import { verdictText } from './licensing/messages.js';
import { shippedBlockList } from './licensing/shipped-block-list.js';
import { boardLines } from './lines/board-lines.js';
import type { Line } from './lines/line.js';
import { emptyMonitoring } from './monitoring/monitoring.js';
import { BoardPanel } from './panel/board-panel.js';
import type { Panel } from './panel/panel.js';
import { BoardProcess } from './simulated-board/board-process.js';
import { AdminError } from './store/admin-error.js';
import { type AuditRecord, openAudit } from './store/audit.js';
import { readBoard } from './store/board-file.js';
import type { Board } from './store/board-schema.js';
import { type DataFolder, openDataFolder } from './store/data-folder.js';
import { openRecords } from './store/durable-records.js';
import { openSettings, readDemoNotes } from './store/first-settings.js';
import { type Log, openLog } from './store/log.js';
import { openPins } from './store/pins.js';
import { checkOwnPrompts } from './store/prompt-files.js';
import {
  toAnalogPorts,
  toDirectory,
  toExtensionAccounts,
  toMonitoringPolicy,
  toPinHashes,
  toSpokenLanguages,
  toTrunkAccounts,
} from './store/settings-rules.js';
import type { Settings } from './store/settings-schema.js';
import type { PortId } from './switchboard/ids.js';
import { emptySwitchboard } from './switchboard/state.js';
import { version } from './version.js';

const clockRate = 8000;
const minuteMs = 60_000;

/** Puts the rooms together and starts them; stops them in reverse. */
export async function startAppliance(options: StartOptions): Promise<Appliance> {
  const folder = await openDataFolder(options.dataFolder);
  const opened: (() => Promise<void>)[] = [() => folder.release()];
  const stop = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    return { ...(await start(options, folder, opened)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: StartOptions,
  folder: DataFolder,
  opened: (() => Promise<void>)[],
): Promise<Omit<Appliance, 'stop'>> {
  const boards = [installation.boards, folder.file('boards')];
  const board = await readBoard(boards, options.board, folder.file('runtime'));
  const { settings } = await openSettings(folder.path, options.language, options.country, board);
  const log = openLog({
    level: options.logLevel ?? settings.log.level,
    file: folder.file('log'),
    stdout: process.stdout,
    readable: process.stdout.isTTY,
  });
  const audit = await openAudit(folder.path, Date.now);
  opened.push(() => audit.close());
  for (const finding of audit.findings) log.warn({ finding }, 'the audit record was found damaged');
  const paths = identityPaths(folder.path);
  const identity = await introduce(paths, log, settings.language);
  const desk = await openLicenceDesk(options, board, folder, paths, identity, settings, log);
  opened.push(() => desk.stop());
  const engine = await buildEngine(options, folder, settings, log);
  const panel = new BoardPanel(board.panel);
  const ports = toAnalogPorts(settings);
  const lines = buildLines(board, ports, settings, log);
  const hardwareId = identity ? hardwareIdText(identity.hardwareId) : null;
  const onButton = (action: ButtonAction): void => {
    if (action === 'reportState') tellState(gateway, hardwareId, log);
    if (action === 'resetAdminPassword') resetAdminPassword(audit, log);
  };
  const gateway = await buildGateway(
    { engine, panel, lines, ports, desk, audit, log, onButton },
    board,
    folder,
    settings,
  );
  desk.onChange((verdict, before) => {
    logVerdict(verdict, log, settings.language);
    for (const event of closureChange(before, verdict)) gateway.dispatch(event);
  });
  desk.start();
  const frontPanel = await startHardware(options, board, folder, log, opened);
  opened.push(async () => {
    gateway.stop();
    await panel.stop();
  });
  await panel.start();
  gateway.start();
  const addresses = await listen(engine, settings, options);
  opened.push(async () => {
    gateway.stop();
    await Promise.all([...lines.values()].map((line) => line.stop()));
    await engine.stop();
  });
  for (const line of lines.values()) line.start();
  await audit.append({ type: 'boxStarted', version });
  opened.push(() => audit.append({ type: 'boxStopped' }));
  if (options.demo) opened.push(await startDemoPhones(options, folder, settings, addresses, log));
  log.info({ version, addresses }, 'ready');
  return {
    addresses,
    frontPanel,
    hardwareId,
    licence: verdictText(desk.verdict(), options.language),
  };
}

/** The hardware of a simulated board, in a process of its own. Returns where its front panel is. */
async function startHardware(
  { board: name, frontPanel }: StartOptions,
  { lines, panel }: Board,
  folder: DataFolder,
  log: Log,
  opened: (() => Promise<void>)[],
): Promise<FrontPanelAddress | null> {
  if (name !== simulator || frontPanel === null || panel.button.driver !== 'input') return null;
  const ports = lines.map(({ port, kind }) => ({ name: port, kind }));
  const order = { folder: folder.file('runtime'), ports, buttonCode: panel.button.key, page: frontPanel };
  const hardware = await BoardProcess.start(order).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new AdminError({
      de: `Die simulierte Platine kann nicht starten (${why}). Ist ihr Port vergeben, wählen Sie mit --panel-port einen anderen.`,
      en: `The simulated board cannot start (${why}). If its port is in use, choose another with --panel-port.`,
    });
  });
  hardware.onLost(() => log.error('the simulated board has stopped; start Modcall again'));
  opened.push(() => hardware.stop());
  log.info({ frontPanel: hardware.page }, 'the simulated board works');
  return hardware.page;
}

/** The licences of this box; the trust and the block list are those of the build. */
async function openLicenceDesk(
  { board: name }: StartOptions,
  board: Board,
  folder: DataFolder,
  paths: IdentityPaths,
  identity: Identity | undefined,
  settings: Settings,
  log: Log,
): Promise<LicenceDesk> {
  const onError = (error: unknown) => log.warn({ error }, 'a file of the licences cannot be used');
  const isSimulated = await countsAsSimulated(name, board, paths.root);
  await noteBoard(paths, { name, isSimulated }).catch(onError);
  return LicenceDesk.open({
    files: new LicenceFiles(folder.file('licence')),
    trust: vendorTrust,
    blockList: shippedBlockList,
    hardwareId: identity?.hardwareId,
    isSimulatedBoard: isSimulated,
    productVersion: version,
    extensionsSetUp: () => settings.extensions.length,
    now: Date.now,
    uptimeMs: () => performance.now(),
    onError,
  });
}

async function buildEngine(
  { sipPort }: StartOptions,
  folder: DataFolder,
  settings: Settings,
  log: Log,
): Promise<PjsuaEngine> {
  await checkOwnPrompts(folder.file('prompts'));
  const { sip } = settings;
  return new PjsuaEngine({
    address: sip.address,
    port: sipPort ?? sip.port,
    transports: sip.transports,
    realm: sip.realm,
    digest: sip.digest,
    ...(sip.publicAddress === undefined ? {} : { publicAddress: sip.publicAddress }),
    userAgent: `Modcall/${version}`,
    extensions: toExtensionAccounts(settings),
    trunks: toTrunkAccounts(settings),
    prompts: loadPrompts([folder.file('prompts'), installation.prompts], toSpokenLanguages(settings), clockRate),
    onLog: ({ level, message }) =>
      log[level <= 1 ? 'warn' : level === 2 ? 'debug' : 'trace']({ engine: message }, 'pjsip'),
  });
}

/** The analog lines of the board that the settings use. */
function buildLines(
  board: Board,
  { phones, trunks }: PortsSettings,
  { country }: Settings,
  log: Log,
): ReadonlyMap<PortId, Line> {
  const uses = [
    ...phones.map(({ port }) => ({ port, kind: 'fxs' }) as const),
    ...trunks.map(({ port }) => ({ port, kind: 'fxo' }) as const),
  ];
  const { lines, missing, unused } = boardLines(board.lines, uses, country);
  for (const use of missing) log.warn({ ...use }, 'the settings use an analog port that the board does not have');
  if (unused.length > 0) log.info({ ports: unused }, 'analog ports that the settings do not use');
  return lines;
}

interface Around {
  readonly engine: PjsuaEngine;
  readonly panel: Panel;
  readonly lines: ReadonlyMap<PortId, Line>;
  readonly ports: PortsSettings;
  readonly desk: LicenceDesk;
  readonly audit: AuditRecord;
  readonly log: Log;
  onButton(action: ButtonAction): void;
}

async function buildGateway(
  { engine, panel, lines, ports, desk, audit, log, onButton }: Around,
  board: Board,
  folder: DataFolder,
  settings: Settings,
): Promise<Gateway> {
  const hashes = toPinHashes(settings);
  const records = await openRecords(folder.file('records'), [...hashes.keys()], Date.now());
  if (records.damaged !== null)
    log.warn({ keptAs: records.damaged }, 'lockouts and quotas were damaged: moderators are locked for a while');
  const pins = openPins(hashes);
  return new Gateway(
    {
      engine,
      panel,
      lines,
      log,
      identify: (pin) => pins.identify(pin),
      record: (fact) => audit.append(fact),
      keep: (latest) => records.save(latest),
      onButton,
      beforeCall: () => desk.tellIfChanged(),
    },
    {
      switchboard: {
        ...emptySwitchboard(toDirectory(settings)),
        trunksDown: new Set(ports.trunks.map(({ trunk }) => trunk)),
      },
      monitoring: emptyMonitoring(toMonitoringPolicy(settings), records.records),
      frontPanel: untouchedPanel((settings.privacyMinutes ?? board.panel.privacyMinutes) * minuteMs),
      ports: newPorts(ports),
      announcement: null,
    },
  );
}

/** How the box is, for whoever holds its button: in the log, and on a handset that is lifted. */
function tellState(gateway: Gateway, hardwareId: string | null, log: Log): void {
  const addresses = ownAddresses();
  const state = boxState(gateway.world);
  log.info({ hardwareId, version, addresses, ...state }, 'the button asks how the box is');
  gateway.dispatch({ type: 'boxSpeaks', items: boxSpeech({ hardwareId, addresses }, state) });
}

/** This version has no admin page, so there is no password; who asked for the reset shall see that it was understood. */
function resetAdminPassword(audit: AuditRecord, log: Log): void {
  log.warn('the button was held to reset the admin password; none is set, so nothing has changed');
  audit.append({ type: 'adminPasswordReset', hadPassword: false }).catch((error: unknown) => {
    log.error({ error }, 'the audit record cannot be written');
  });
}

async function listen(
  engine: PjsuaEngine,
  { sip }: Settings,
  { sipPort }: StartOptions,
): Promise<readonly EngineAddress[]> {
  try {
    return await engine.start();
  } catch (error) {
    await engine.stop();
    const where = `${sip.address}:${sipPort ?? sip.port}`;
    const why = error instanceof Error ? error.message : String(error);
    throw new AdminError(
      {
        de: `Auf ${where} kann nicht auf SIP gehört werden (${why}). Beenden Sie das Programm, das den Port benutzt, oder wählen Sie mit --sip-port einen anderen.`,
        en: `Cannot listen for SIP on ${where} (${why}). Stop the program that uses the port, or choose another with --sip-port.`,
      },
      { cause: error },
    );
  }
}

/** Two phones in a process of their own, as real phones would be. Returns how to stop them. */
async function startDemoPhones(
  { language }: StartOptions,
  folder: DataFolder,
  settings: Settings,
  addresses: readonly EngineAddress[],
  log: Log,
): Promise<() => Promise<void>> {
  const notes = await readDemoNotes(folder.path, settings);
  const address = addresses.find(({ protocol }) => protocol === 'udp');
  const [caller, callee] = Object.entries(notes?.passwords ?? {}).filter(([number]) => number !== notes?.moderator);
  if (!caller || !callee || !address) {
    throw new AdminError({
      de: 'Die Vorführung braucht die Einstellungen des ersten Starts. Nehmen Sie mit --data einen neuen, leeren Ordner.',
      en: 'The demonstration needs the settings of the first start. Take a new, empty folder with --data.',
    });
  }
  const phone = ([number, password]: [string, string], side: string) => ({
    number,
    password,
    speech: `${installation.prompts}/demo/${language}-${side}.wav`,
  });
  const order: DemoPhonesOrder = {
    server: { address: '127.0.0.1', port: address.port },
    caller: phone(caller, 'caller'),
    callee: phone(callee, 'callee'),
  };
  const phones = fork(installation.demoPhones);
  phones.on('exit', (code) => {
    if (code !== 0) log.error({ code }, 'the demo phones have stopped');
  });
  phones.send(order);
  return async () => {
    phones.removeAllListeners('exit');
    if (phones.connected) phones.disconnect();
  };
}
