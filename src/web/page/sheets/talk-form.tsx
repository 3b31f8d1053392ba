import { ask } from '../api/ask.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { datedText } from '../kit/times.js';
import { say } from '../texts.js';
import type { Sheet, SheetHead } from './sheets-data.js';

/** What both have said about whether they have talked, and what follows if nothing more is said. */
export function talkText({ talkNoted, talkWord, talkUntil }: SheetHead): string {
  const until = datedText(talkUntil);
  if (talkNoted && talkWord === 'confirmed') return say('sheets.talkHeld');
  if (talkWord === 'denied') return say('sheets.talkDenied', { until });
  if (talkWord === 'confirmed') return say('sheets.talkWord', { until });
  return say(talkNoted ? 'sheets.talkNoted' : 'sheets.talkOpen', { until });
}

interface TalkFormProps {
  readonly sheet: Sheet;
  readonly onChanged: (sheet: Sheet) => void;
}

/** Where each of the two says whether they have talked. */
export function TalkForm({ sheet, onChanged }: TalkFormProps) {
  const { id, part, talkNoted, talkWord } = sheet;
  const form = useForm(async ({ held }) => {
    onChanged(await ask('PUT', '/own/sheets/{id}/talk', { id, held: held === 'yes' }));
  });
  const maySay = part === 'moderator' ? !talkNoted : part === 'member' && talkWord !== 'confirmed';
  if (!maySay) return null;
  return (
    <form {...form.on}>
      <ProblemText problem={form.problem.value} />
      <div class="buttons">
        <button type="submit" class="main" name="held" value="yes" disabled={form.isBusy.value}>
          {say('sheets.weTalked')}
        </button>
        {part === 'member' && talkWord === null && (
          <button type="submit" name="held" value="no" disabled={form.isBusy.value}>
            {say('sheets.weDidNot')}
          </button>
        )}
      </div>
    </form>
  );
}
