import { useEffect, useRef } from 'preact/hooks';
import { say } from '../texts.js';
import { blink, type Pattern } from './blink.js';

interface LampProps {
  readonly name: string;
  readonly colour: 'amber' | 'green';
  readonly pattern: Pattern;
}

const wantsStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A lamp of the box, as it lights, and in words. */
export function Lamp({ name, colour, pattern }: LampProps) {
  const light = useRef<HTMLSpanElement>(null);
  useEffect(
    () => blink(pattern, wantsStillness(), (isLit) => light.current?.classList.toggle('is-lit', isLit)),
    [pattern],
  );
  return (
    <span class="lamp">
      <span ref={light} class={`lamp-light ${colour}`} aria-hidden="true" />
      {name}
      <span class="note">{say(`live.lampIs.${pattern}`)}</span>
    </span>
  );
}
