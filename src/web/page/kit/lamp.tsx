import { say } from '../texts.js';

interface LampProps {
  readonly name: string;
  readonly colour: 'amber' | 'green';
  readonly pattern: 'dark' | 'steady' | 'slowBlink' | 'fastBlink' | 'doubleBlink';
}

/** A lamp of the box, as it lights, and in words. */
export function Lamp({ name, colour, pattern }: LampProps) {
  return (
    <span class="lamp">
      <span class={`lamp-light ${colour} ${pattern}`} aria-hidden="true" />
      {name}
      <span class="note">{say(`live.lampIs.${pattern}`)}</span>
    </span>
  );
}
