import { ask } from '../api/ask.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { say } from '../texts.js';

/** Takes the licence key out of use, after it was asked: nobody can listen then. */
export function RemoveLicence({ version, onRemoved }: { readonly version: number; readonly onRemoved: () => void }) {
  return (
    <p>
      <AskedButton
        name={say('licence.remove')}
        about={say('licence.removeAbout')}
        done={say('licence.removed')}
        isDanger
        act={async () => {
          await ask('DELETE', '/licence', {}, version);
          onRemoved();
        }}
      />
    </p>
  );
}
