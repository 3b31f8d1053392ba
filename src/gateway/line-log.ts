import type { FxoEvent, FxsEvent, PortTrouble } from '../lines/line-events.js';
import type { PortId } from '../primitives/ids.js';
import type { Log } from './log.js';

/** Logs what analog lines report. */
export function lineLog(log: Log): (port: PortId, report: FxsEvent | FxoEvent) => void {
  return (port, report) => {
    // Digits may belong to a PIN, so they are never logged.
    log.trace({ port, report: report.type === 'digit' ? { type: report.type } : report }, 'line');
    if (report.type === 'ready') log.info({ port, hardware: report.hardware }, 'an analog line works');
    if (report.type === 'lost') log.warn(troubleOn(port, report), 'an analog line does not work any more');
    if (report.type === 'fault') log.warn(troubleOn(port, report), 'an analog line needs looking after');
  };
}

const troubleOn = (port: PortId, { reason, advice }: PortTrouble) => ({
  port,
  reason,
  ...(advice !== null && { advice }),
});
