import { stat } from 'node:fs/promises';
import { MonitorFacts } from '../admin/live/monitor-facts.js';
import type { FrontPanelAddress } from '../cli/start-options.js';
import type { PjsuaEngine } from '../engine/pjsua/pjsua-engine.js';
import { codeSpeech } from '../gateway/box-speech.js';
import type { BoxState } from '../gateway/box-state.js';
import type { Gateway } from '../gateway/gateway.js';
import { lineLog } from '../gateway/line-log.js';
import { AnalogLegs } from '../lines/analog-legs.js';
import { BoardPanel } from '../panel/board-panel.js';
import { portId } from '../primitives/ids.js';
import type { HandlingFile } from '../store/records/handling-file.js';
import { mostIn, NumbersFile } from '../store/records/numbers.js';
import { toAnalogSettings } from '../store/settings/settings-rules.js';
import type { Settings } from '../store/settings/settings-schema.js';
import { inForce, letsCallPrivately } from './agreement.js';
import { linesOfBoard } from './analog-ports.js';
import { BoardDisplay } from './board-display.js';
import { backUpByButton, reportState, resetAdminPassword } from './button.js';
import { CallRecorder } from './call-recorder.js';
import { BoxFeed } from './faces/box-feed.js';
import { observersOf, recorderOf } from './faces/faces.js';
import { startHardware } from './hardware.js';
import { logVerdict } from './licence-log.js';
import { rememberLicence } from './licences.js';
import { liveTelephony } from './live-settings.js';
import { portLabels } from './port-labels.js';
import { buildGateway } from './rules.js';
import { SpokenCode } from './spoken-code.js';
import type { Ground } from './start-ground.js';
import type { LicenceParts } from './start-licence.js';
import type { RecordParts } from './start-record.js';
import { buildEngine } from './telephony.js';

/** Telephony as it is built; nothing of it runs yet. */
export interface Telephony {
  readonly engine: AnalogLegs;
  readonly sip: PjsuaEngine;
  readonly panel: BoardPanel;
  readonly gateway: Gateway;
  readonly handlings: HandlingFile;
  readonly feed: BoxFeed;
  readonly facts: MonitorFacts;
  readonly recorder: CallRecorder;
  readonly display: BoardDisplay;
  /** Goes by another agreement. */
  readonly agree: () => void;
  /** Goes by changed settings. */
  readonly follow: (settings: Settings) => Promise<void>;
}

export async function buildTelephony(ground: Ground, record: RecordParts, licence: LicenceParts): Promise<Telephony> {
  const { options, folder, board, inUse, logging, remoteLog, log, leftOut, opened } = ground;
  const { settings } = inUse;
  const { clock, audit, agreement, sheets } = record;
  const { desk, hardwareId, certificate, adminParts } = licence;
  options.onStep('engine');
  const panel = new BoardPanel(board.panel);
  const privateCalls = () => letsCallPrivately(inForce(agreement));
  const ports = toAnalogSettings(settings, privateCalls);
  const spokenCode = new SpokenCode(board.handset, () => ground.present.settings.web !== null);
  adminParts.then(
    ({ access }) => spokenCode.of(access),
    () => undefined,
  );
  const sip = await buildEngine(options, folder, settings, certificate, log, leftOut);
  const engine = new AnalogLegs({
    engine: sip.engine,
    openLine: linesOfBoard(board, log),
    settings: ports,
    language: settings.language,
    now: () => clock.now,
    onReport: lineLog(log),
    greeting: (port) => spokenCode.at(port),
  });
  const sayCode = (code: string) => {
    if (board.handset !== null) engine.announce(codeSpeech(code), portId(board.handset));
  };
  const button = {
    reportState: (state: BoxState) => {
      reportState(state, engine, hardwareId(), log);
      adminParts.then(
        ({ schedule }) => backUpByButton(schedule, (event) => rules.gateway.dispatch(event), log),
        (error: unknown) => log.error({ error }, 'no backup can be made'),
      );
    },
    resetAdminPassword: () =>
      void adminParts.then(
        ({ access }) => resetAdminPassword(access, sayCode, audit, log),
        (error: unknown) => log.error({ error }, 'the password of an admin cannot be reset'),
      ),
  };
  const feed = new BoxFeed(clock);
  const facts = new MonitorFacts();
  logging.tell((line) => feed.publishLine(line));
  const recorder = new CallRecorder(folder.file('calls'), clock, log);
  void recorder.recordCut();
  options.onStep('records');
  const display = new BoardDisplay(() => clock.now);
  display.showLabels(portLabels(settings));
  const numbers = await openNumbers(ground, recorder);
  const observers = observersOf(feed, facts, recorder, numbers, recorderOf(audit, log));
  const rules = await buildGateway(
    {
      engine,
      panel,
      ports,
      desk,
      audit,
      agreement: () => inForce(agreement, sheets.blocks),
      clock,
      display,
      log,
      ...button,
      observers,
      firstNumbers: numbers.first,
    },
    board,
    folder,
    inUse,
  );
  opened.push(() => recorder.close(rules.gateway.world.switchboard.calls));
  opened.push(() => {
    const { switchboard, monitoring } = rules.gateway.world;
    return numbers.close({ call: switchboard.nextCall, session: monitoring.nextSession });
  });
  const follow = liveTelephony({
    ...{ options, log: logging, remoteLog, rules, legs: engine, display, privateCalls },
    ...sip,
  });
  return {
    engine,
    sip: sip.engine,
    panel,
    gateway: rules.gateway,
    handlings: rules.handlings,
    feed,
    facts,
    recorder,
    display,
    agree: rules.agree,
    follow,
  };
}

/** No call or session has the number of one that was before this start: records, API and webhooks name them by it. */
function openNumbers({ folder, log }: Ground, { store }: CallRecorder): Promise<NumbersFile> {
  const given = async () => ({
    call: 1 + mostIn(await store.bytes().catch(() => 0)),
    session: 1 + mostIn((await stat(folder.file('audit')).catch(() => ({ size: 0 }))).size),
  });
  return NumbersFile.open(folder.file('numbers'), given, (error) =>
    log.warn({ error }, 'the numbers of calls cannot be kept: the next start may give some of them again'),
  );
}

/** Lets the rules hear when the record can be written again, and what becomes of the licence. */
export function watchRecordAndLicence(
  { folder, inUse, log }: Ground,
  { audit, logFindings }: RecordParts,
  { desk }: LicenceParts,
  { gateway, feed }: Telephony,
): void {
  audit.onResumed(() => {
    log.info('the audit record can be written again');
    logFindings();
    gateway.dispatch({ type: 'reopened', closure: 'recordUnavailable' });
    folder.claim().catch((error: unknown) => log.warn({ error }, 'the data folder cannot be closed to others'));
  });
  desk.onChange((verdict) => {
    logVerdict(verdict, log, inUse.settings.language);
    gateway.dispatch({ type: 'tick' });
    feed.publish('licence', { ...verdict });
  });
}

/** Starts the rules, and the hardware that they use. Returns where the front panel of a simulated board is. */
export async function startRules(
  { options, folder, board, log, leftOut, opened }: Ground,
  { desk }: LicenceParts,
  { gateway, panel, display }: Telephony,
): Promise<FrontPanelAddress | null> {
  options.onStep('licence');
  await rememberLicence(desk, folder, leftOut);
  options.onStep('hardware');
  desk.start();
  const frontPanel = await startHardware(options, board, folder, display, log, leftOut, opened);
  opened.push(async () => {
    gateway.stop();
    await panel.stop();
  });
  await panel.start();
  gateway.start();
  if (gateway.world.frontPanel.blockedUntil !== null)
    gateway.dispatch({ type: 'closed', closure: 'endedByButton', endsRunning: true });
  return frontPanel;
}
