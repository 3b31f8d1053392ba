import type { ApiProblem, Fault } from '../../api/api-problem.js';
import { say } from '../../texts.js';
import { faultText } from '../fault-text.js';

/** What is wrong with a table, by line and column. */
export function ImportFaults({ problem }: { readonly problem: ApiProblem | null }) {
  return (
    <div role="alert">
      {problem && (
        <>
          <p class="problem">{say('people.mistakes', { count: problem.faults.length })}</p>
          <div class="card table scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col" class="number">
                    {say('people.line')}
                  </th>
                  <th scope="col">{say('people.column')}</th>
                  <th scope="col">{say('people.mistake')}</th>
                </tr>
              </thead>
              <tbody>
                {problem.faults.map((fault) => (
                  <tr key={fault.path.join(' ')}>
                    <td class="number">{placeOf(fault).line}</td>
                    <td>{placeOf(fault).column}</td>
                    <td>{faultText(fault)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}

function placeOf({ path: [first, line, ...column] }: Fault): { readonly line: string; readonly column: string } {
  if (first === 'lines') return { line: String(line), column: column.join(' ') };
  return { line: say('people.elsewhere'), column: [first, line, ...column].join(' ') };
}
