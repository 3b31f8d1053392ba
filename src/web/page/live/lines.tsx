import { LineState } from '../lines/line-state.js';
import { say } from '../texts.js';
import type { Line } from './sources.js';

/** The trunks and the telephones at the box itself; whichever is down is seen without asking. */
export function Lines({ lines }: { readonly lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  const isDown = lines.some(({ isUp }) => !isUp);
  return (
    <details class="card table list" open={isDown}>
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
          {lines.map((line) => (
            <tr key={`${line.kind} ${line.line} ${line.port}`}>
              <td data-column={say('live.line')}>
                {line.kind === 'telephone' ? (
                  <>
                    {line.line} <span class="note">{line.name}</span>
                  </>
                ) : (
                  line.name
                )}
              </td>
              <td class="words" data-column={say('live.kind')}>
                {say(`live.lineKind.${line.kind}`)}{' '}
                {line.port && <span class="note">{say('lines.portName', { port: line.port })}</span>}
              </td>
              <td data-column={say('live.state')}>
                <LineState line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
