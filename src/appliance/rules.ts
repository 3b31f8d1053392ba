import { isPresent, presentWatches } from '../admin/audit/present-watches.js';
import type { AgreementInForce } from '../agreement/decision.js';
import type { Board } from '../board/board-schema.js';
import type { Engine } from '../engine/engine.js';
import type { BoxState } from '../gateway/box-state.js';
import type { BoxClock } from '../gateway/clock.js';
import { Gateway } from '../gateway/gateway.js';
import type { Observers } from '../gateway/observers.js';
import { untouchedPanel } from '../indication/front-panel.js';
import type { LicenceDesk } from '../licence-desk/licence-desk.js';
import { closureOf } from '../licensing/licence-closure.js';
import type { AnalogSettings } from '../lines/analog-settings.js';
import { text } from '../locales/text.js';
import type { Log } from '../log/log.js';
import { underAgreement } from '../monitoring/agreed.js';
import { emptyMonitoring } from '../monitoring/monitoring.js';
import type { MonitoringPolicy } from '../monitoring/profile.js';
import type { AuditFact } from '../monitoring/records.js';
import type { Panel } from '../panel/panel.js';
import type { AuditRecord } from '../store/audit/audit.js';
import type { AuditEntry } from '../store/audit/audit-entry.js';
import { drawnIndex } from '../store/audit/draw.js';
import { spokenRecord } from '../store/audit/spoken-record.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { InTurn } from '../store/in-turn.js';
import { openRecords } from '../store/records/durable-records.js';
import { HandlingFile } from '../store/records/handling-file.js';
import type { Numbers } from '../store/records/numbers.js';
import { recountedQuotas } from '../store/records/recount.js';
import { openPins } from '../store/settings/pins.js';
import type { SettingsInUse } from '../store/settings/settings-in-use.js';
import { toDirectory, toMonitoringPolicy, toPinHashes } from '../store/settings/settings-rules.js';
import type { Settings } from '../store/settings/settings-schema.js';
import { longestReadMs } from '../switchboard/announcement.js';
import type { Directory } from '../switchboard/directory.js';
import { type Handlings, withoutGone } from '../switchboard/handling/call-handling.js';
import { everybodyThere } from '../switchboard/liveness.js';
import { emptySwitchboard } from '../switchboard/state.js';

import { letsCallPrivately } from './agreement.js';
import type { BoardDisplay } from './board-display.js';
import { logHandlingLoss } from './troubles.js';

const minuteMs = 60_000;
const lossText =
  'lockouts and quotas are lost: moderators are locked for a while, and quotas are counted again from the audit record';

/** Who is told what happens, beside the log and the audit record. */
export interface BoxObservers extends Observers {
  monitor(fact: AuditFact): void;
}

interface ApplianceParts {
  readonly engine: Engine;
  readonly panel: Panel;
  readonly ports: AnalogSettings;
  readonly desk: LicenceDesk;
  readonly audit: AuditRecord;
  /** What stands above the settings; null where nothing was agreed on. */
  readonly agreement: () => AgreementInForce | null;
  readonly clock: BoxClock;
  readonly display: BoardDisplay;
  readonly log: Log;
  reportState(state: BoxState): void;
  resetAdminPassword(): void;
  readonly observers: BoxObservers;
  /** Of the first call and session. */
  readonly firstNumbers: Numbers;
}

/** The running rules. */
export interface Rules {
  readonly gateway: Gateway;
  readonly handlings: HandlingFile;
  /** Makes them follow changed settings. */
  apply(settings: Settings): void;
  /** Makes them follow another agreement. */
  agree(): void;
}

export async function buildGateway(
  {
    engine,
    panel,
    ports,
    desk,
    audit,
    agreement,
    clock,
    display,
    log,
    reportState,
    resetAdminPassword,
    observers,
    firstNumbers,
  }: ApplianceParts,
  board: Board,
  folder: DataFolder,
  { settings, wasStarted, trouble }: SettingsInUse,
): Promise<Rules> {
  const hashes = toPinHashes(settings);
  const { records, loss, save } = await openRecords(folder.file('records'), {
    moderators: [...hashes.keys()],
    now: () => clock.now,
    isExpected: wasStarted,
    record: audit,
    recount: () => recountedQuotas(folder.path),
  });
  if (loss !== null) log.error({ code: 'recordsLost', ...loss }, lossText);
  const handlings = await HandlingFile.open(folder.file('callHandling'));
  if (handlings.loss !== null) logHandlingLoss(handlings.loss, log);
  const { privateUntil, ...durable } = records;
  display.showPrivacy(privateUntil);
  let pins = openPins(hashes);
  const privacyMs = ({ privacyMinutes }: Settings) => (privacyMinutes ?? board.panel.privacyMinutes) * minuteMs;
  const reading = new InTurn();
  const gateway: Gateway = new Gateway(
    {
      engine,
      panel,
      log,
      identify: (pin) => pins.identify(pin),
      record: (fact) => {
        observers.monitor(fact);
        return audit.append(fact);
      },
      draw: async (fact) => {
        observers.monitor(fact);
        const entry = await audit.appendEntry(fact);
        return { draw: entry.seq, index: drawnIndex(entry, fact.candidates.length) };
      },
      ownRecord: (extension) => {
        const until = clock.now + longestReadMs;
        return reading.run(() => {
          const { state, time: now } = clock.wall;
          if (state === 'notSet') throw new Error('it is not known which month it is');
          const isRunning = (fact: AuditEntry['fact']) =>
            isPresent(presentWatches(gateway.world.monitoring.sessions.values()), fact);
          return spokenRecord(folder.path, { extension, now, isRunning, isAwaited: () => clock.now < until });
        });
      },
      observers,
      keep: (kept) => {
        display.showPrivacy(kept.privateUntil);
        return save(kept);
      },
      keepHandlings: (present) => handlings.save(present),
      reportState,
      resetAdminPassword,
      licence: () => closureOf(desk.check()),
      clock: () => clock.read(),
    },
    {
      switchboard: {
        ...emptySwitchboard(directoryUnder(settings, agreement())),
        handlings: handlingsAt(handlings, settings, trouble === null),
        nextCall: firstNumbers.call,
        trunksDown: new Map(ports.trunks.map(({ trunk }) => [trunk, { since: clock.now, reason: 'not there yet' }])),
      },
      monitoring: {
        ...emptyMonitoring(policyUnder(settings, agreement()), durable),
        nextSession: firstNumbers.session,
      },
      frontPanel: {
        ...untouchedPanel(privacyMs(settings)),
        blockedUntil: privateUntil,
      },
      liveness: everybodyThere,
      protections: new Map(),
    },
  );
  let present = settings;
  const agree = (): void => {
    const inForce = agreement();
    const directory = directoryUnder(present, inForce);
    const policy = policyUnder(present, inForce);
    gateway.dispatch({ type: 'settingsChanged', directory, policy, privacyMs: privacyMs(present) });
  };
  const apply = (changed: Settings): void => {
    present = changed;
    pins = openPins(toPinHashes(changed));
    agree();
  };
  return { gateway, handlings, apply, agree };
}

/** Those of extensions that were removed while the box did not run are forgotten, unless the settings are not what they should be. */
function handlingsAt({ found }: HandlingFile, { extensions }: Settings, areSettingsWhole: boolean): Handlings {
  const handlings: Handlings = { serial: 0, of: found };
  const numbers = new Set(extensions.map(({ number }) => number));
  return areSettingsWhole ? withoutGone(handlings, (extension) => numbers.has(extension)) : handlings;
}

/** The rules of monitoring, under what was agreed on. */
const policyUnder = (settings: Settings, agreement: AgreementInForce | null): MonitoringPolicy => {
  const helpTitles = { de: text('de', 'live.helpTitle'), en: text('en', 'live.helpTitle') };
  return underAgreement({ ...toMonitoringPolicy(settings), helpTitles }, agreement);
};

/** What can be dialled, also by what was agreed on. */
const directoryUnder = (settings: Settings, agreement: AgreementInForce | null): Directory => ({
  ...toDirectory(settings),
  privateCalls: letsCallPrivately(agreement),
});
