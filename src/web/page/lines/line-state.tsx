import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import type { Line } from './lines-data.js';

/** By which it is searched and sorted. */
export const stateText = (line: Line | undefined): string =>
  line ? `${say(line.isUp ? 'live.up' : 'live.down')} ${line.reason ?? ''}` : '';

/** Whether a line works, and what the other side has said if it does not. */
export function LineState({ line }: { readonly line: Line | undefined }) {
  if (!line) return null;
  return (
    <>
      <span class={line.isUp ? 'badge good' : 'badge bad'}>{say(line.isUp ? 'live.up' : 'live.down')}</span>
      {line.downSince && <span class="note"> {say('live.downSince', { moment: momentText(line.downSince) })}</span>}
      {line.reason && <span class="note reason">{line.reason}</span>}
    </>
  );
}
