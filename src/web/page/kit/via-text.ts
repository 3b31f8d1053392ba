import type { OutputOf } from '../api/table.js';
import { say } from '../texts.js';

type Station = OutputOf<'GET', '/calls/records'>['entries'][number]['via'][number];

/** How a call went on to somebody else. */
export const viaText = ({ kind, by, to }: Station): string =>
  kind === 'takenOver'
    ? say('record.takenOver', { from: by, by: to })
    : say('record.viaStep', { how: say(`record.via.${kind}`), by, to });
