import { presentWatches } from '../admin/audit/present-watches.js';
import type { Box } from '../admin/operations.js';
import { firstSteps } from '../admin/settings.js';
import { simulator } from '../board/which-board.js';
import { httpUrl } from '../cli/http-url.js';
import type { Appliance, StartOptions } from '../cli/start-options.js';
import type { EngineAddress } from '../engine/engine.js';
import { cutCalls } from '../gateway/cut-calls.js';
import { verdictMessages } from '../licensing/messages.js';
import { linesOf } from '../locales/text.js';
import type { ClosureEvent } from '../monitoring/monitoring-event.js';
import type { AuditRecord } from '../store/audit/audit.js';
import type { RecordedFact } from '../store/audit/audit-entry.js';
import { openDataFolder } from '../store/files/data-folder.js';
import { type DemoNotes, readDemoNotes } from '../store/settings/first-settings.js';
import { FollowedAgreement } from './agreement.js';
import { BoxUpdates } from './box-updates.js';
import { BrowserPhones } from './browser-phones.js';
import { closeAll, type Opened } from './close-all.js';
import { openDemoLogins } from './demo-logins.js';
import { DemoPhones, demoPairOf, demoPhonesLeftOut, demoPhonesPatienceMs } from './demo-process.js';
import { DiskWatch } from './disk-watch.js';
import { BoxView } from './faces/box-view.js';
import { type OpenFaces, openFaces } from './faces/faces.js';
import { supportOf } from './faces/support.js';
import { Restart } from './restart.js';
import { SettingsHealth } from './settings-health.js';
import { type Ground, layGround } from './start-ground.js';
import { type LicenceParts, openLicence } from './start-licence.js';
import { openRecord, type RecordParts } from './start-record.js';
import { buildTelephony, startRules, type Telephony, watchRecordAndLicence } from './start-telephony.js';
import { withAllTaken } from './taken-ports.js';
import { listen } from './telephony.js';
import { TendedSheets } from './tended-sheets.js';
import { closedBy, pageAdvice, troubleAdvice } from './troubles.js';
import { version } from './version.js';

/** Puts the rooms together and starts them; stops them in reverse. */
export async function startAppliance(options: StartOptions): Promise<Appliance> {
  options.onStep('folder');
  const folder = await openDataFolder(options.dataFolder);
  const opened: Opened = [() => folder.release()];
  const stop = () => closeAll(opened);
  let ground: Ground | null = null;
  try {
    ground = await layGround(options, folder, opened);
    return { ...(await start(ground)), stop };
  } catch (error) {
    // Why it cannot start is worth more than what cannot be stopped afterwards.
    await stop().catch(() => undefined);
    throw ground === null ? error : await withAllTaken(error, options, ground.inUse.settings);
  }
}

async function start(ground: Ground): Promise<Omit<Appliance, 'stop'>> {
  const { options, folder, inUse, logging, log, troubles, leftOut, opened } = ground;
  const record = await openRecord(ground);
  const licence = await openLicence(ground, record);
  const telephony = await buildTelephony(ground, record, licence);
  watchRecordAndLicence(ground, record, licence, telephony);
  const frontPanel = await startRules(ground, licence, telephony);
  watchDisk(ground, telephony);
  const health = beginHealth(ground, record, telephony);
  const agreement = beginAgreement(ground, record, telephony);
  tendSheets(ground, record, agreement);
  const addresses = await listenForCalls(ground, telephony);
  const browsers = await openBrowsers(ground, telephony, addresses);
  const isRecorded = await recordStart(ground, record, telephony);
  const restart = openRestart(ground, record, telephony);
  const updates = openUpdates(ground, record, licence, telephony, restart);
  // While that keeps monitoring closed, nobody is told how to listen.
  const notes = inUse.trouble === null ? (inUse.notes ?? (await readDemoNotes(folder.path, inUse.settings))) : null;
  const logins = notes ? await loginsOf(ground, licence, notes) : [];
  const demoPhones = new DemoPhones({
    isPossible: options.board === simulator,
    addresses,
    settings: () => ground.present.settings,
    now: () => record.clock.wall.time,
    log,
  });
  opened.push(() => demoPhones.end());
  const sipPort = addresses[0]?.port ?? null;
  const faces = await openAllFaces({
    ...{ ground, record, licence, telephony, browsers, health, agreement, restart, updates },
    setUp: { demoCall: demoPhones, sipPort },
    frontPanel: frontPanel && httpUrl(frontPanel.address, frontPanel.port),
  });
  if (options.demo) await startDemonstration(demoPhones, notes, ground);
  log.info({ version, addresses }, 'ready');
  return {
    restart: restart.due,
    addresses,
    frontPanel,
    web: faces.web,
    pageTrouble: faces.webFaults && pageAdvice(faces.webFaults, inUse.settings, options),
    oneTimeCode: faces.oneTimeCode,
    latePage: faces.late,
    hardwareId: licence.hardwareId(),
    hangUp: () => {
      logging.reopen();
      log.info('SIGHUP: the log file is reopened, and the settings file looked at');
      faces.reread();
    },
    licence: linesOf(options.language, verdictMessages(licence.desk.verdict())),
    firstSteps: firstSteps(inUse.settings, notes && { ...notes, logins }, closedBy(inUse, isRecorded)),
    troubles: [...troubles.map((trouble) => troubleAdvice(trouble, options.language)), ...leftOut.advice()],
  };
}

/** Who can sign in as the demonstration has noted. Telephony does not end because users cannot be read. */
async function loginsOf({ options, inUse, log }: Ground, { adminParts }: LicenceParts, notes: DemoNotes) {
  if (!options.demo || inUse.settings.web === null) return [];
  return adminParts
    .then((parts) => openDemoLogins(parts, notes, options.language, () => options.onStep('logins')))
    .catch((error: unknown): [] => {
      log.error({ error }, 'nobody can sign in as the demonstration has noted');
      return [];
    });
}

async function startDemonstration(phones: DemoPhones, notes: DemoNotes | null, { options, leftOut }: Ground) {
  options.onStep('demoPhones');
  await leftOut.orLate(phones.start(demoPairOf(notes)), demoPhonesPatienceMs, demoPhonesLeftOut);
}

function watchDisk({ folder, log, opened }: Ground, { gateway }: Telephony): void {
  const watch = new DiskWatch(folder.path, { dispatch: (event) => gateway.dispatch(event), log });
  void watch.begin();
  opened.push(async () => watch.stop());
}

function beginHealth({ inUse, log }: Ground, { audit }: RecordParts, { gateway }: Telephony): SettingsHealth {
  const health = new SettingsHealth(inUse, {
    record: (fact) => audit.append(fact),
    dispatch: (event) => gateway.dispatch(event),
    log,
  });
  health.begin();
  return health;
}

function beginAgreement(
  { log }: Ground,
  { agreement: store, audit, clock }: RecordParts,
  { gateway, agree }: Telephony,
): FollowedAgreement {
  const dispatch = (event: ClosureEvent) => gateway.dispatch(event);
  const followed = new FollowedAgreement({ store, audit, clock, log, dispatch, apply: agree });
  audit.onResumed(() => void followed.reread());
  followed.begin();
  return followed;
}

/** Lets no sheet live longer than it may, and keeps from members whoever owes them a talk. */
function tendSheets({ log, opened }: Ground, { sheets }: RecordParts, agreement: FollowedAgreement): void {
  const tended = new TendedSheets(sheets, log);
  sheets.onBlocks(() => agreement.follow());
  tended.begin();
  opened.push(() => tended.stop());
}

async function listenForCalls({ options, inUse, opened }: Ground, { engine, gateway }: Telephony) {
  options.onStep('listen');
  const addresses = await listen(engine, inUse.settings, options);
  opened.push(async () => {
    gateway.stop();
    await engine.stop();
  });
  return addresses;
}

async function openBrowsers(
  { log, opened }: Ground,
  { sip }: Telephony,
  addresses: readonly EngineAddress[],
): Promise<BrowserPhones> {
  const browsers = await BrowserPhones.open(sip, addresses, log);
  opened.push(() => browsers.stop());
  return browsers;
}

const boxStarted = ({ fingerprint }: AuditRecord): RecordedFact => ({
  type: 'boxStarted',
  version,
  ...(fingerprint === null ? {} : { key: fingerprint }),
});

/** Whether the record took it; without one nobody may monitor. */
async function recordStart({ log, opened }: Ground, { audit }: RecordParts, { gateway }: Telephony): Promise<boolean> {
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
  return isRecorded;
}

function openRestart({ log, opened }: Ground, { audit, clock }: RecordParts, { gateway }: Telephony): Restart {
  const restart = new Restart({
    calls: () => cutCalls(gateway.world),
    now: () => clock.wall.time,
    record: (fact) => audit.append(fact),
    log,
  });
  opened.push(async () => restart.stop());
  return restart;
}

function openUpdates(
  { options, folder, present, log, opened }: Ground,
  { audit, clock }: RecordParts,
  { hardwareId }: LicenceParts,
  { gateway }: Telephony,
  restart: Restart,
): BoxUpdates {
  const updates = new BoxUpdates({
    ...{ image: options.image, folder, restart, audit, log, hardwareId },
    // A demonstration looks nowhere.
    channel: () => (options.demo ? null : present.settings.updateChannel),
    now: () => clock.wall.time,
    isCalling: () => [...gateway.world.switchboard.calls.values()].some(({ kind }) => kind === 'ringing'),
  });
  updates.begin();
  opened.push(async () => updates.stop());
  return updates;
}

interface RunningParts {
  readonly ground: Ground;
  readonly record: RecordParts;
  readonly licence: LicenceParts;
  readonly telephony: Telephony;
  readonly browsers: BrowserPhones;
  readonly health: SettingsHealth;
  readonly agreement: FollowedAgreement;
  readonly restart: Restart;
  readonly updates: BoxUpdates;
  readonly setUp: Pick<Box, 'demoCall' | 'sipPort'>;
  /** Address of the simulated board's page; null where there is none. */
  readonly frontPanel: string | null;
}

async function openAllFaces({
  ground,
  record,
  licence,
  telephony,
  browsers,
  health,
  agreement,
  restart,
  updates,
  setUp,
  frontPanel,
}: RunningParts): Promise<OpenFaces> {
  const { clock, audit, sheets } = record;
  const { desk, paths, hardwareId, extensionsSetUp, adminParts } = licence;
  const { gateway, handlings, feed, facts, recorder, follow } = telephony;
  const { options, folder, board, inUse, present, log, troubles, leftOut, opened } = ground;
  options.onStep('web');
  const faces = await openFaces(
    {
      folder,
      inUse,
      webPort: options.webPort,
      guide: { isDemo: options.demo, frontPanel },
      setUp,
      sipTlsPort: () => telephony.sip.addresses.find(({ protocol }) => protocol === 'tls')?.port ?? null,
      clock,
      audit,
      log,
      feed,
      facts,
      browsers,
      adminParts,
      callStore: recorder.store,
      gateway,
      tellPhone: (contact, event) => telephony.sip.tellPhone(contact, event),
      handlings,
      more: {
        licensed: { desk, productVersion: version, extensionsSetUp, now: Date.now },
        identity: paths,
        log: folder.file('log'),
        prompts: folder.file('prompts'),
        audited: {
          folder: folder.path,
          hardwareId,
          now: () => clock.wall.time,
          watches: () => presentWatches(gateway.world.monitoring.sessions.values()),
        },
      },
      health,
      agreement,
      sheets,
      restart,
      updates,
      view: new BoxView({
        ...{ hardwareId, folder: folder.path, clock, gateway, audit, health, restart, updates, troubles, leftOut },
      }),
      support: supportOf({
        folder: folder.path,
        hardwareId,
        boardName: options.board,
        board,
        clock,
        gateway,
        settings: () => present.settings,
        troubles: () => troubles.map(({ code }) => code),
      }),
      async apply(changed) {
        present.settings = changed;
        await follow(changed);
        desk.notifyIfChanged();
        health.found();
      },
    },
    leftOut,
  );
  opened.push(() => faces.stop());
  return faces;
}
