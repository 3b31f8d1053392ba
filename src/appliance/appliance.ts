import { firstSteps } from '../admin/settings.js';
import { boardInUse } from '../board/board-in-use.js';
import type { Appliance, StartOptions } from '../cli/start-options.js';
import type { BoxState } from '../gateway/box-state.js';
import { cutCalls } from '../gateway/cut-calls.js';
import { lineLog } from '../gateway/line-log.js';
import { identityPaths } from '../identity/identity.js';
import { hardwareIdText } from '../licensing/hardware-id.js';
import { verdictMessages } from '../licensing/messages.js';
import { AnalogLegs } from '../lines/analog-legs.js';
import { linesOf } from '../locales/text.js';
import { openLog } from '../log/log.js';
import { BoardPanel } from '../panel/board-panel.js';
import { type AuditRecord, openAudit } from '../store/audit/audit.js';
import type { RecordedFact } from '../store/audit/audit-entry.js';
import { type DataFolder, openDataFolder } from '../store/files/data-folder.js';
import { readDemoNotes } from '../store/settings/first-settings.js';
import { settingsInUse } from '../store/settings/settings-in-use.js';
import { toAnalogSettings } from '../store/settings/settings-rules.js';
import { linesOfBoard } from './analog-ports.js';
import { reportState, resetAdminPassword } from './button.js';
import { CallRecorder } from './call-recorder.js';
import { closeAll } from './close-all.js';
import { requireSoundSettings, startDemoPhones } from './demo-process.js';
import { openAdminParts } from './faces/admin-parts.js';
import { BoxFeed } from './faces/box-feed.js';
import { BoxView } from './faces/box-view.js';

import { observersOf, openFaces } from './faces/faces.js';
import { supportOf } from './faces/support.js';
import { firstNames } from './first-names.js';
import { startHardware } from './hardware.js';
import { installation } from './installation.js';
import { introduce } from './introduce.js';
import { logVerdict } from './licence-log.js';
import { openLicenceDesk, rememberLicence } from './licences.js';
import { liveTelephony } from './live-settings.js';
import { PrivacyDisplay } from './privacy-display.js';
import { Restart } from './restart.js';
import { finishRestore, recordRestore } from './restored.js';
import { buildGateway } from './rules.js';
import { SettingsHealth } from './settings-health.js';
import { buildEngine, listen } from './telephony.js';
import { openClock, stampBy } from './time.js';
import { closedBy, LeftOut, logFindings, logTroubles, troubleAdvice, troublesOf } from './troubles.js';
import { version } from './version.js';

/** Puts the rooms together and starts them; stops them in reverse. */
export async function startAppliance(options: StartOptions): Promise<Appliance> {
  options.onStep('folder');
  const folder = await openDataFolder(options.dataFolder);
  const opened: (() => Promise<void>)[] = [() => folder.release()];
  const stop = () => closeAll(opened);
  try {
    return { ...(await start(options, folder, opened)), stop };
  } catch (error) {
    // Why it cannot start is worth more than what cannot be stopped afterwards.
    await stop().catch(() => undefined);
    throw error;
  }
}

function boxStarted({ fingerprint }: AuditRecord): RecordedFact {
  return { type: 'boxStarted', version, ...(fingerprint === null ? {} : { key: fingerprint }) };
}

async function start(
  options: StartOptions,
  folder: DataFolder,
  opened: (() => Promise<void>)[],
): Promise<Omit<Appliance, 'stop'>> {
  options.onStep('settings');
  const sayRestored = await finishRestore(folder);
  const boards = [installation.boards, folder.file('boards')];
  const { board, trouble: ofBoard } = await boardInUse(boards, options.board, folder.file('runtime'));
  const { language, country } = options;
  const inUse = await settingsInUse(folder.path, { language, country, board, names: firstNames(language) });
  if (options.demo) requireSoundSettings(inUse);
  const { settings } = inUse;
  const opening = openLog({
    level: options.logLevel ?? settings.log.level,
    language: settings.language,
    file: folder.file('log'),
    stdout: process.stdout,
    readable: process.stdout.isTTY,
  });
  const { log, reopen, tell } = opening;
  sayRestored(log);
  const troubles = troublesOf(folder, inUse, ofBoard);
  logTroubles(troubles, inUse, log);
  const leftOut = new LeftOut(settings.language, log);
  options.onStep('record');
  const clock = await openClock(folder.path, log);
  const audit = await openAudit(folder.path, () => stampBy(clock));
  opened.push(() => audit.close());
  logFindings(audit.findings, log);
  await recordRestore(folder, audit, log);
  let findingsLogged = audit.findings.length;
  const ends = await audit.addMissingEnds();
  if (ends > 0) log.warn({ ends }, 'Modcall was stopped while somebody monitored: the missing ends are recorded now');
  options.onStep('identity');
  const paths = identityPaths(folder.path);
  const identity = await introduce(paths, log, settings.language, leftOut.tell);
  options.onStep('licence');
  let present = settings;
  const extensionsSetUp = () => present.extensions.length;
  const desk = await openLicenceDesk(
    options,
    board,
    folder,
    paths,
    identity,
    extensionsSetUp,
    clock,
    log,
    leftOut.tell,
  );
  opened.push(() => desk.stop());
  // Telephony does not wait for them.
  const adminParts = openAdminParts(folder, identity ?? null, clock, audit, log, settings.language);
  adminParts.then(
    (parts) => opened.push(parts.stop),
    () => undefined,
  );
  options.onStep('engine');
  const panel = new BoardPanel(board.panel);
  const ports = toAnalogSettings(settings);
  const telephony = await buildEngine(options, folder, settings, log, leftOut.tell);
  const engine = new AnalogLegs({
    engine: telephony.engine,
    openLine: linesOfBoard(board, log),
    settings: ports,
    language: settings.language,
    now: () => clock.now,
    onReport: lineLog(log),
  });
  const hardwareId = identity ? hardwareIdText(identity.hardwareId) : null;
  const button = {
    reportState: (state: BoxState) => reportState(state, engine, hardwareId, log),
    resetAdminPassword: () =>
      void adminParts.then(
        ({ access }) => resetAdminPassword(access, audit, log),
        (error: unknown) => log.error({ error }, 'the password of an admin cannot be reset'),
      ),
  };
  const feed = new BoxFeed(clock);
  tell((line) => feed.publishLine(line));
  const recorder = new CallRecorder(folder.file('calls'), clock, log);
  opened.push(() => recorder.store.close());
  options.onStep('records');
  const privacy = new PrivacyDisplay(() => clock.now);
  const rules = await buildGateway(
    { engine, panel, ports, desk, audit, clock, privacy, log, ...button, observers: observersOf(feed, recorder) },
    board,
    folder,
    inUse,
  );
  const { gateway } = rules;
  const follow = liveTelephony({ options, log: opening, rules, legs: engine, ...telephony });
  audit.onResumed(() => {
    log.info('the audit record can be written again');
    logFindings(audit.findings.slice(findingsLogged), log);
    findingsLogged = audit.findings.length;
    gateway.dispatch({ type: 'reopened', closure: 'recordUnavailable' });
    folder.claim().catch((error: unknown) => log.warn({ error }, 'the data folder cannot be closed to others'));
  });
  desk.onChange((verdict) => {
    logVerdict(verdict, log, settings.language);
    gateway.dispatch({ type: 'tick' });
    feed.publish('licence', { ...verdict });
  });
  options.onStep('licence');
  await rememberLicence(desk, folder, leftOut.tell);
  options.onStep('hardware');
  desk.start();
  const frontPanel = await startHardware(options, board, folder, privacy, log, leftOut.tell, opened);
  opened.push(async () => {
    gateway.stop();
    await panel.stop();
  });
  await panel.start();
  gateway.start();
  if (gateway.world.frontPanel.blockedUntil !== null)
    gateway.dispatch({ type: 'closed', closure: 'endedByButton', endsRunning: true });
  const health = new SettingsHealth(inUse, {
    record: (fact) => audit.append(fact),
    dispatch: (event) => gateway.dispatch(event),
    log,
  });
  health.begin();
  options.onStep('listen');
  const addresses = await listen(engine, settings, options);
  opened.push(async () => {
    gateway.stop();
    await engine.stop();
  });
  const isRecorded = await audit.append(boxStarted(audit)).then(
    () => true,
    (error: unknown) => {
      log.error({ error }, 'the audit record cannot be written: monitoring is closed until it can');
      gateway.dispatch({ type: 'closed', closure: 'recordUnavailable', endsRunning: true });
      return false;
    },
  );
  // How far the record has come is also remembered elsewhere.
  await gateway.keep();
  opened.push(async () => {
    gateway.stop();
    await audit.append({ type: 'boxStopped' }).catch((error: unknown) => {
      log.error({ error }, 'the audit record cannot be written: it does not say that Modcall has stopped');
    });
    await gateway.keep();
  });
  const restart = new Restart({ calls: () => cutCalls(gateway.world), record: (fact) => audit.append(fact), log });
  opened.push(async () => restart.stop());
  options.onStep('web');
  const faces = await openFaces(
    {
      folder,
      inUse,
      clock,
      audit,
      log,
      feed,
      adminParts,
      callStore: recorder.store,
      gateway,
      more: {
        licensed: { desk, hardwareId: identity?.hardwareId, productVersion: version, extensionsSetUp, now: Date.now },
        identity: paths,
        log: folder.file('log'),
        prompts: folder.file('prompts'),
        audited: {
          folder: folder.path,
          hardwareId: identity?.hardwareId,
          now: () => clock.wall.time,
          sessions: () => new Set([...gateway.world.monitoring.sessions.values()].map(({ serial }) => serial)),
        },
      },
      health,
      restart: (when, caller) => restart.restart(when, caller),
      view: new BoxView({ hardwareId, folder: folder.path, clock, gateway, audit, health, troubles, leftOut }),
      support: supportOf({
        folder: folder.path,
        hardwareId,
        boardName: options.board,
        board,
        clock,
        gateway,
        settings: () => present,
        troubles: () => troubles.map(({ code }) => code),
      }),
      async apply(changed) {
        present = changed;
        await follow(changed);
        desk.notifyIfChanged();
        health.found();
      },
    },
    leftOut.tell,
  );
  opened.push(() => faces.stop());
  // While that keeps monitoring closed, nobody is told how to listen.
  const notes = inUse.trouble === null ? (inUse.notes ?? (await readDemoNotes(folder.path, settings))) : null;
  if (options.demo) opened.push(await startDemoPhones(options, notes, addresses, log, leftOut.tell));
  log.info({ version, addresses }, 'ready');
  return {
    restart: restart.due,
    addresses,
    frontPanel,
    hardwareId,
    hangUp: () => {
      reopen();
      log.info('SIGHUP: the log file is reopened, and the settings file looked at');
      faces.reread();
    },
    licence: linesOf(options.language, verdictMessages(desk.verdict())),
    firstSteps: firstSteps(settings, notes, closedBy(inUse, isRecorded)),
    troubles: [...troubles.map((trouble) => troubleAdvice(trouble, options.language)), ...leftOut.advice()],
  };
}
