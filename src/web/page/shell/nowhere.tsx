import { Heading } from '../kit/heading.js';
import { say } from '../texts.js';

/** A place that is not there, or not any more. */
export function Nowhere() {
  return (
    <>
      <Heading>{say('shell.nowhere')}</Heading>
      <p>
        <a href="/">{say('shell.toLive')}</a>
      </p>
    </>
  );
}
