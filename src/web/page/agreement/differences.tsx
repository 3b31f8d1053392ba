import { say } from '../texts.js';
import type { Difference, Proposal } from './agreement-data.js';
import { itemText } from './difference-text.js';

interface DifferencesProps {
  readonly differences: readonly Difference[];
  readonly needed: Proposal['needed'];
  /** Whether there is one in force that it differs from. */
  readonly isFirst: boolean;
}

/** In what a document differs from the one in force, and whose signatures that needs. */
export function Differences({ differences, needed, isFirst }: DifferencesProps) {
  if (isFirst) return <p>{say('agreement.firstNeedsBoth')}</p>;
  if (differences.length === 0) return <p>{say('agreement.noDifference')}</p>;
  return (
    <>
      <p>{say(needed === 1 ? 'agreement.needsOne' : 'agreement.needsBoth')}</p>
      <div class="card table list">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('agreement.about')}</th>
              <th scope="col">{say('agreement.direction')}</th>
              <th scope="col">{say('agreement.less')}</th>
              <th scope="col">{say('agreement.more')}</th>
              <th scope="col">{say('agreement.whoSigns')}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((each) => (
              <Row key={each.field} difference={each} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ difference: { field, direction, less, more } }: { readonly difference: Difference }) {
  const items = (all: readonly string[]) => all.map((item) => itemText(field, item)).join(', ');
  return (
    <tr>
      <th scope="row">{say(`agreement.field.${field}`)}</th>
      <td data-column={say('agreement.direction')}>
        <span class={direction === 'tightening' ? 'badge good' : 'badge warn'}>
          {say(`agreement.directionIs.${direction}`)}
        </span>
      </td>
      <td data-column={say('agreement.less')}>{items(less)}</td>
      <td data-column={say('agreement.more')}>{items(more)}</td>
      <td data-column={say('agreement.whoSigns')}>
        {say(direction === 'tightening' ? 'agreement.oneSigns' : 'agreement.bothSign')}
      </td>
    </tr>
  );
}
