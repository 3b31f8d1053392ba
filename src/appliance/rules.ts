import type { Board } from '../board/board-schema.js';
import type { Engine } from '../engine/engine.js';
import { Gateway } from '../gateway/gateway.js';
import { newPorts, type PortsSettings } from '../gateway/ports.js';
import type { ButtonAction } from '../indication/button.js';
import { untouchedPanel } from '../indication/front-panel.js';
import type { LicenceDesk } from '../licence-desk/licence-desk.js';
import type { Line } from '../lines/line.js';
import type { Log } from '../log/log.js';
import { emptyMonitoring } from '../monitoring/monitoring.js';
import type { Panel } from '../panel/panel.js';
import type { PortId } from '../primitives/ids.js';
import type { AuditRecord } from '../store/audit/audit.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { openRecords } from '../store/records/durable-records.js';
import { openPins } from '../store/settings/pins.js';
import { toDirectory, toMonitoringPolicy, toPinHashes } from '../store/settings/settings-rules.js';
import type { Settings } from '../store/settings/settings-schema.js';
import { emptySwitchboard } from '../switchboard/state.js';

const minuteMs = 60_000;

interface Around {
  readonly engine: Engine;
  readonly panel: Panel;
  readonly lines: ReadonlyMap<PortId, Line>;
  readonly ports: PortsSettings;
  readonly desk: LicenceDesk;
  readonly audit: AuditRecord;
  readonly log: Log;
  onButton(action: ButtonAction): void;
}

export async function buildGateway(
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
