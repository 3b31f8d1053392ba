import { datedText, momentText } from './times.js';

/** When something was: on the screen without the day where it is today, and on paper, which is read later, always with it. */
export function Moment({ at }: { readonly at: string }) {
  return (
    <time dateTime={at}>
      <span class="on-screen">{momentText(at)}</span>
      <span class="on-paper">{datedText(at)}</span>
    </time>
  );
}
