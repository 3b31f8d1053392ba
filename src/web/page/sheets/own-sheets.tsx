import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { session } from '../api/session.js';
import { ProblemText } from '../kit/problem-text.js';
import { datedText, momentText } from '../kit/times.js';
import { language, say } from '../texts.js';
import { MakeSheet } from './make-sheet.js';
import { SheetView } from './sheet-view.js';
import { nameOf, type SheetHead, type Sheets } from './sheets-data.js';

/** Soon enough that somebody finds a sheet about them within a minute. */
const lookEveryMs = 30_000;
/** Any other problem would tell people of sheets whom none concern. */
const unreadable = 'evaluation.unreadable';

/** Sheets about what moderators have heard, as far as they concern the person who is signed in: one is seen at a time. */
export function OwnSheets() {
  const sheets = useMemo(() => new Resource(() => ask('GET', '/own/sheets', {})), []);
  useEffect(() => {
    sheets.refresh();
    const timer = setInterval(() => sheets.refresh(), lookEveryMs);
    return () => clearInterval(timer);
  }, [sheets, language.value]);
  const own = sheets.value.value;
  const problem = sheets.problem.value;
  if (problem?.code === unreadable) return <ProblemText problem={problem} />;
  if (!own || (own.rule === null && own.entries.length + own.blocks.length === 0)) return null;
  return (
    <section aria-labelledby="own-sheets">
      <h2 id="own-sheets">{say('sheets.title')}</h2>
      {own.rule && <p class="lead">{say('sheets.about', own.rule)}</p>}
      <Blocks blocks={own.blocks} />
      <Present entries={own.entries} onChanged={() => sheets.refresh()} />
      <Possible own={own} onChanged={() => sheets.refresh()} />
    </section>
  );
}

function Blocks({ blocks }: Pick<Sheets, 'blocks'>) {
  const own = session.value?.extension;
  return (
    <>
      {blocks.map(({ moderator, member, until }) => (
        <p key={`${moderator.extension} ${member.extension}`} class="note">
          {moderator.extension === own
            ? say('sheets.youAreBlocked', { member: nameOf(member), until: datedText(until) })
            : say('sheets.isBlocked', { moderator: nameOf(moderator), until: datedText(until) })}
        </p>
      ))}
    </>
  );
}

interface PartProps {
  readonly onChanged: () => void;
}

function Present({ entries, onChanged }: PartProps & Pick<Sheets, 'entries'>) {
  const opened = useSignal<number | null>(null);
  if (entries.length === 0) return <p class="empty">{say('sheets.none')}</p>;
  return (
    <ul class="plain">
      {entries.map((head) => {
        const title = titleOf(head);
        const isOpen = opened.value === head.id;
        const toggle = () => {
          opened.value = isOpen ? null : head.id;
        };
        return (
          <li key={head.id}>
            {title}{' '}
            <button
              type="button"
              aria-expanded={isOpen}
              aria-label={`${say(isOpen ? 'sheets.close' : 'sheets.open')}: ${title}`}
              onClick={toggle}
            >
              {say(isOpen ? 'sheets.close' : 'sheets.open')}
            </button>
            {isOpen && <SheetView head={head} title={title} onChanged={onChanged} />}
          </li>
        );
      })}
    </ul>
  );
}

function titleOf({ part, moderator, member, ended }: SheetHead): string {
  const at = momentText(ended);
  if (part === 'member') return say('sheets.mine', { moderator: nameOf(moderator), ended: at });
  return say(part === 'second' ? 'sheets.wanted' : 'sheets.sheetAbout', { member: nameOf(member), ended: at });
}

function Possible({ own: { rule, possible }, onChanged }: PartProps & { readonly own: Sheets }) {
  const filled = useSignal<string | null>(null);
  if (rule === null || possible.length === 0) return null;
  const done = () => {
    filled.value = null;
    onChanged();
  };
  return (
    <>
      <h3>{say('sheets.possible')}</h3>
      <ul class="plain">
        {possible.map((call) => {
          const key = `${call.session}/${call.call}`;
          const at = { member: nameOf(call.member), ended: momentText(call.ended) };
          return (
            <li key={key}>
              {say('sheets.possibleCall', at)}{' '}
              {filled.value === key ? (
                <MakeSheet rule={rule} call={call} onDone={done} />
              ) : (
                <button
                  type="button"
                  aria-label={say('sheets.fillAbout', at)}
                  onClick={() => {
                    filled.value = key;
                  }}
                >
                  {say('sheets.fill')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
