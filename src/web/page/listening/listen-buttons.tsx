import { isAgreedOn, purposes } from '../agreement/agreement-data.js';
import { say } from '../texts.js';
import { BeginButtons } from './begin-buttons.js';

interface ListenProps {
  readonly call: number;
  readonly from: string;
  readonly to: string;
}

/** Lets a moderator listen to this call; not where the box draws for every purpose. */
export function ListenButtons({ call, from, to }: ListenProps) {
  const byHand = purposes().filter(({ byDraw }) => !byDraw);
  if (isAgreedOn() && byHand.length === 0) return null;
  return (
    <BeginButtons
      call={call}
      purposes={byHand}
      here={{ text: say('listening.here'), label: say('listening.hereTo', { from, to }) }}
      onPhone={{ text: say('listening.onPhone'), label: say('listening.onPhoneTo', { from, to }) }}
    />
  );
}
