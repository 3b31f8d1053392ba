import type { ComponentChildren } from 'preact';
import { Lamp } from '../kit/lamp.js';
import { dayText } from '../kit/times.js';
import { say } from '../texts.js';
import type { BoxState, Licence } from './sources.js';

/** The box at a glance. */
export function Facts({ state, licence }: { readonly state: BoxState; readonly licence: Licence | null }) {
  const { calls, monitors, asking, phones, trunksUp, trunksDown, lamps } = state;
  return (
    <dl class="facts">
      <Fact name={say('live.talking')} value={calls} />
      <Fact
        name={say('live.listening')}
        value={monitors}
        note={asking > 0 ? say('live.askingNow', { count: asking }) : ''}
      />
      <Fact name={say('live.phones')} value={phones} note={say('live.phonesAre')} />
      <Fact
        name={say('live.trunks')}
        value={trunksUp}
        note={trunksDown > 0 ? say('live.trunksDown', { count: trunksDown }) : ''}
      />
      <Fact name={say('live.licence')} value={licenceText(licence, state)} note={licenceNote(licence)} />
      <Fact
        name={say('live.lamps')}
        value={
          <>
            <Lamp name={say('live.monitorLamp')} colour="amber" pattern={lamps.monitor} />
            <Lamp name={say('live.statusLamp')} colour="green" pattern={lamps.status} />
          </>
        }
      />
    </dl>
  );
}

function Fact({
  name,
  value,
  note = '',
}: {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly note?: string;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span class="figure">{value}</span>
        {note !== '' && <span class="note">{note}</span>}
      </dd>
    </div>
  );
}

const licenceText = (licence: Licence | null, { isLicensed }: BoxState): string =>
  say((licence?.isAllowed ?? isLicensed) ? 'live.licensed' : 'live.notLicensed');

function licenceNote(licence: Licence | null): string {
  if (licence?.isSimulatedBoard) return say('live.simulatedBoard');
  return licence?.ends ? say('live.licensedUntil', { day: dayText(licence.ends) }) : '';
}
