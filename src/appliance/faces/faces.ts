import { AgreementDesk } from '../../admin/agreement/agreement-desk.js';
import { PeriodsDesk } from '../../admin/agreement/periods-desk.js';
import { BackupAdmin } from '../../admin/backup-admin.js';
import { CertificateAdmin } from '../../admin/certificate-admin.js';
import { SheetsDesk } from '../../admin/evaluations/sheets-desk.js';
import { HandlingAdmin } from '../../admin/handling/handling-admin.js';
import type { Browsers } from '../../admin/live/browsers.js';
import { HelpDesk } from '../../admin/live/help-desk.js';
import { LiveAdmin } from '../../admin/live/live-admin.js';
import { MonitorDesk } from '../../admin/live/monitor-desk.js';
import type { MonitorFacts } from '../../admin/live/monitor-facts.js';
import type { Box } from '../../admin/operations.js';
import { PinsAdmin } from '../../admin/settings/pins-admin.js';
import type { SettingsAdmin } from '../../admin/settings/settings-admin.js';
import type { StateBox } from '../../admin/state-operations.js';
import type { WebAddress } from '../../cli/start-options.js';
import type { BoxClock } from '../../gateway/clock.js';
import type { Gateway } from '../../gateway/gateway.js';
import type { Log } from '../../log/log.js';
import type { ContactId } from '../../primitives/ids.js';
import type { AuditRecord } from '../../store/audit/audit.js';
import type { HandlingFact } from '../../store/audit/handling-fact.js';
import type { CallStore } from '../../store/calls/call-store.js';
import type { SheetKeeper } from '../../store/evaluations/sheet-keeper.js';
import type { DataFolder } from '../../store/files/data-folder.js';
import { inTime, NotInTime } from '../../store/in-time.js';
import type { HandlingFile } from '../../store/records/handling-file.js';
import type { NumbersFile } from '../../store/records/numbers.js';
import type { Fault } from '../../store/settings/settings-faults.js';
import type { SettingsInUse } from '../../store/settings/settings-in-use.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { CallNote } from '../../switchboard/state.js';
import type { Guide } from '../../web/access/session-routes.js';
import { FirstAdmin } from '../access.js';
import type { FollowedAgreement } from '../agreement.js';
import type { CallRecorder } from '../call-recorder.js';
import { closeAll } from '../close-all.js';
import type { BoxObservers } from '../rules.js';
import { lookForGoodSettings, openSettings, reread } from '../settings.js';
import type { SettingsHealth } from '../settings-health.js';
import type { LeftOut } from '../troubles.js';
import type { AdminParts } from './admin-parts.js';
import { allFollow } from './all-follow.js';
import type { BoxFeed } from './box-feed.js';
import type { PartsPlace } from './box-parts.js';
import { loadWeb } from './load-web.js';
import { WebFace } from './web-face.js';
import { WebTrial } from './web-trial.js';
import { WebhookDelivery } from './webhooks.js';

interface Faces {
  readonly folder: DataFolder;
  readonly inUse: SettingsInUse;
  readonly webPort: number | null;
  readonly guide: Guide;
  readonly clock: BoxClock;
  readonly audit: AuditRecord;
  readonly log: Log;
  readonly feed: BoxFeed;
  readonly facts: MonitorFacts;
  readonly browsers: Browsers;
  readonly adminParts: Promise<AdminParts>;
  readonly callStore: CallStore;
  readonly more: PartsPlace;
  readonly health: SettingsHealth;
  readonly agreement: FollowedAgreement;
  readonly sheets: SheetKeeper;
  readonly gateway: Gateway;
  /** Tells a phone something by the event of a NOTIFY; rejects unless it agrees. */
  readonly tellPhone: (contact: ContactId, event: string) => Promise<void>;
  readonly handlings: HandlingFile;
  readonly restart: Box['restart'];
  readonly updates: Pick<Box, 'updates' | 'holdUpdate'>;
  readonly view: StateBox;
  readonly setUp: Pick<Box, 'demoCall' | 'sipPort'>;
  readonly sipTlsPort: () => number | null;
  readonly support: Box['support'];
  /** Lets the box go by changed settings. */
  readonly apply: (settings: Settings) => Promise<void>;
}

/** What watchers hear, the call records, and who keeps the next numbers. */
export function observersOf(
  feed: BoxFeed,
  facts: MonitorFacts,
  recorder: CallRecorder,
  numbers: Pick<NumbersFile, 'reach'>,
  record: (fact: HandlingFact) => void,
): BoxObservers {
  return {
    monitor(fact) {
      facts.tell(fact);
      numbers.reach({ session: fact.session });
      feed.publish('monitors', { ...fact });
    },
    call(note) {
      if (note.type === 'handlingChanged') {
        handlingChanged(note, feed, record);
        return;
      }
      if (note.type === 'callStarted') numbers.reach({ call: note.call });
      recorder.note(note);
      feed.publish('calls', { ...note });
    },
    line: (event) => feed.publish('registrations', { ...event }),
    lamps: (lamps) => feed.publish('lamps', { ...lamps }),
  };
}

/** What somebody changes by a code has no other way into the record. */
function handlingChanged(
  { extension, by, handling }: Extract<CallNote, { type: 'handlingChanged' }>,
  feed: BoxFeed,
  record: (fact: HandlingFact) => void,
): void {
  if (by === null) record({ type: 'callHandlingChanged', by: extension, byKind: 'telephone', extension, ...handling });
  feed.publish('callHandling', { extension, ...handling });
}

/** Where the box is reached, and by which code. */
type Reached = Pick<OpenFaces, 'web' | 'oneTimeCode'>;

export interface OpenFaces {
  /** Where browsers and programs reach the box; null where they do not. */
  readonly web: WebAddress | null;
  /** What keeps them out where the settings want them in; null where nothing does, or it was said already. */
  readonly webFaults: readonly Fault[] | null;
  /** Lets whoever is at the box become its admin by the page, also by one that has still to find a port; null where there is one, or no page. */
  readonly oneTimeCode: string | null;
  /** The same two, once they are known, where the start has not waited for it; else null. */
  readonly late: Promise<Reached | null>;
  stop(): Promise<void>;
  /** Takes the settings file as it was edited by hand. */
  reread(): void;
}

/** Much of the program is loaded for it, which takes a busy machine its time. */
const patienceMs = 8000;

/**
 * Lets the running box be queried and changed. Telephony neither waits for any of it nor ends because of it: what does not open in time
 * opens later, or never.
 */
export async function openFaces(faces: Faces, leftOut: Pick<LeftOut, 'tell' | 'isBack'>): Promise<OpenFaces> {
  const opening = openAll(faces);
  const opened = await inTime(() => opening, patienceMs, { code: 'start.leftOut.faces' }).catch((error: unknown) => {
    if (!(error instanceof NotInTime)) throw error;
    leftOut.tell(error);
    void opening.then(({ hasFailed }) => {
      if (!hasFailed) leftOut.isBack(error);
    });
    return undefined;
  });
  return {
    web: opened?.web ?? null,
    webFaults: opened?.webFaults ?? null,
    oneTimeCode: opened?.oneTimeCode ?? null,
    late: opened ? Promise.resolve(null) : opening,
    stop: async () => (await opening).stop(),
    reread: () => void opening.then((open) => open.reread()),
  };
}

interface AllFaces extends Omit<OpenFaces, 'late'> {
  /** What is in the way is in the log. */
  readonly hasFailed: boolean;
}

async function openAll(faces: Faces): Promise<AllFaces> {
  const { folder, inUse, webPort, guide, clock, audit, log, feed, gateway, adminParts, health, apply } = faces;
  const webhooks = new WebhookDelivery(feed, clock, log);
  webhooks.apply(inUse.settings);
  try {
    const parts = await adminParts;
    const { access, certificate } = parts;
    access.onEnded((right) => faces.gateway.dispatch({ type: 'accessEnded', right }));
    const served: { web?: WebFace; trial?: WebTrial; phones?: Box['phones'] } = {};
    const settings = await openSettings(folder, inUse, clock, audit, log, {
      obstacles: async (wanted) => (await served.web?.obstacles(wanted)) ?? [],
      apply: (version) =>
        allFollow([
          () => apply(version.settings),
          async () => webhooks.apply(version.settings),
          () => certificate.renewIfDue(),
          async () => served.phones?.follow(version.settings),
          async () => served.trial?.follow(version),
          async () => served.web?.follow(version.settings),
          // The last: whoever asks then finds all of it as it says.
          async () =>
            feed.publish('settings', { version: version.version, by: version.by.name, byKind: version.by.kind }),
        ]),
    });
    const trial = await WebTrial.open({
      path: folder.file('confirmedWeb'),
      settings,
      served: () => served.web?.served ?? null,
      log,
    });
    served.trial = trial;
    // Nothing that only the servers need is loaded before telephony runs.
    const { openPhones } = await import('./phones.js');
    const phones = await openPhones({
      ...{ settings, clock, log, gateway, record: recorderOf(audit, log) },
      path: folder.file('phoneFetches'),
      sipPort: faces.setUp.sipPort,
      sipTlsPort: faces.sipTlsPort,
      publish: (data) => feed.publish('phones', data),
      tell: faces.tellPhone,
    });
    phones.admin.follow(inUse.settings);
    served.phones = phones.admin;
    const box = await boxOf(faces, parts, settings, webhooks, trial, phones.admin);
    const stopLooking = lookForGoodSettings(settings, health, log);
    const { openConsole } = await import('./console.js');
    const closeConsole = await openConsole(
      folder.file('console'),
      async () => (await loadWeb()).webConsole({ box, feed, log }, inUse.settings.language),
      log,
    );
    const firstAdmin = new FirstAdmin(access, log);
    const web = new WebFace({ box, access, certificate, feed, log, webPort, guide }, () => firstAdmin.served());
    served.web = web;
    await web.follow(settings.current.settings);
    if (settings.current.settings.web === null) firstAdmin.notServed();
    // The settings can give the page another port while the box runs; an option of the start stays, and so does what it collides with.
    const canCome = webPort === null && settings.current.settings.web !== null;
    return {
      hasFailed: false,
      web: web.address,
      webFaults: web.address || settings.current.settings.web === null ? null : await web.hindrances(),
      oneTimeCode: web.address || canCome ? access.oneTimeCode : null,
      stop: () =>
        closeAll([
          () => webhooks.close(),
          async () => stopLooking(),
          async () => trial.stop(),
          // At the same time: each waits for those who have asked.
          async () => void (await Promise.all([closeConsole(), web.stop()])),
          () => phones.stop(),
        ]),
      reread: () => reread(settings, log),
    };
  } catch (error) {
    log.error({ error }, 'the box can be queried and changed only after a restart');
    return {
      ...{ hasFailed: true, web: null, webFaults: null, oneTimeCode: null },
      stop: () => webhooks.close(),
      reread() {},
    };
  }
}

/** Writes to the record; that it cannot be written is said. */
export const recorderOf =
  (audit: AuditRecord, log: Log) =>
  (fact: Parameters<AuditRecord['append']>[0]): void => {
    audit.append(fact).catch((error: unknown) => log.error({ error }, 'the audit record cannot be written'));
  };

/** All that can be asked of the running box. */
async function boxOf(
  {
    agreement,
    sheets,
    audit,
    browsers,
    clock,
    facts,
    gateway,
    handlings,
    log,
    more,
    callStore,
    restart,
    updates,
    support,
    view,
    setUp,
  }: Faces,
  { users, certificate, schedule, backedUp }: AdminParts,
  settings: SettingsAdmin,
  webhooks: WebhookDelivery,
  webTrial: WebTrial,
  phones: Box['phones'],
): Promise<Box> {
  const record = recorderOf(audit, log);
  // Nothing that only the servers need is loaded before telephony runs.
  const { boxParts } = await import('./box-parts.js');
  const parts = boxParts(more);
  return {
    settings,
    pins: new PinsAdmin(settings),
    handling: new HandlingAdmin({ gateway, kept: handlings, record }),
    live: new LiveAdmin({ gateway, clock, settings, record }),
    monitorDesk: new MonitorDesk({ gateway, clock, settings, facts, browsers }),
    helpDesk: new HelpDesk({ gateway, clock, settings }),
    ...parts,
    agreement: new AgreementDesk(agreement),
    periods: new PeriodsDesk(agreement),
    sheets: new SheetsDesk({
      ...{ keeper: sheets, store: agreement.store, clock },
      users: () => users.list(),
      watched: (moderator, since) => parts.audit.watched(moderator, since),
    }),
    record,
    users,
    certificate: new CertificateAdmin(certificate, record),
    backups: schedule,
    backup: new BackupAdmin({ source: backedUp, record }),
    callStore,
    webhooks: webhooks.asked,
    webTrial,
    phones,
    restart,
    updates: updates.updates,
    holdUpdate: updates.holdUpdate,
    support,
    ...setUp,
    state: view.state,
    looked: view.looked,
  };
}
