import { purposes } from '../agreement/agreement-data.js';
import { say } from '../texts.js';
import { BeginButtons } from './begin-buttons.js';

/** Lets the box draw the call that a moderator listens to, where that was agreed on for some purpose. */
export function DrawButtons() {
  const byDraw = purposes().filter((purpose) => purpose.byDraw);
  if (byDraw.length === 0) return null;
  return (
    <fieldset class="field">
      <legend>{say('listening.draw')}</legend>
      <div class="buttons">
        <BeginButtons
          call={null}
          purposes={byDraw}
          here={{ text: say('listening.drawHere') }}
          onPhone={{ text: say('listening.drawOnPhone') }}
        />
      </div>
    </fieldset>
  );
}
