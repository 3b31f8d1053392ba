import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import type { Line } from './sources.js';

/** The trunks and the telephones at the box itself; whichever is down is seen without asking. */
export function Lines({ lines }: { readonly lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  const isDown = lines.some(({ isUp }) => !isUp);
  return (
    <details class="card table" open={isDown}>
      <summary>{say('live.allLines', { count: lines.length })}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('live.line')}</th>
            <th scope="col">{say('live.kind')}</th>
            <th scope="col">{say('live.state')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ line, name, kind, port, isUp, downSince, reason }) => (
            <tr key={`${kind} ${line} ${port}`}>
              <td>
                {line} <span class="note">{name}</span>
              </td>
              <td>
                {say(`live.lineKind.${kind}`)} {port && <span class="note">{port}</span>}
              </td>
              <td>
                <span class={isUp ? 'badge good' : 'badge bad'}>{say(isUp ? 'live.up' : 'live.down')}</span>
                {downSince && <span class="note">{say('live.downSince', { moment: momentText(downSince) })}</span>}
                {reason && <span class="note">{reason}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
