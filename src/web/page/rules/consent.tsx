import { useSignal } from '@preact/signals';
import { type ApiProblem, asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { announce } from '../kit/announcements.js';
import { List } from '../kit/list/list.js';
import type { Column, Filter } from '../kit/list/list-view.js';
import { ProblemText } from '../kit/problem-text.js';
import { type Extension, nameOf, type PeopleData } from '../people/people-data.js';
import { say } from '../texts.js';

/** Who has agreed to be listened to, and who could then listen. */
export function Consent({ data }: { readonly data: PeopleData }) {
  const problem = useSignal<ApiProblem | null>(null);
  const extensions = data.extensions.value.value;
  if (!extensions) return null;
  const change = async ({ number, name }: Extension, consents: boolean) => {
    problem.value = null;
    try {
      await ask('PATCH', '/extensions/{number}', { number, consents }, '*');
      announce(say(consents ? 'rules.agreed' : 'rules.notAgreed', { name: nameOf({ number, name }) }));
    } catch (error) {
      problem.value = asProblem(error);
    }
    data.refresh();
  };
  return (
    <>
      <p class="lead">{say('rules.consentAbout')}</p>
      <ProblemText problem={problem.value} />
      <List
        name="consent"
        label={say('rules.consent')}
        entries={extensions.entries}
        keyOf={({ number }) => number}
        columns={columnsOf(data, hasRole() ? change : null)}
        filters={filters()}
      />
    </>
  );
}

/** The profiles by which somebody may listen to a person, as far as groups go. */
export function profilesFor({ number }: Extension, { groups, profiles }: PeopleData): readonly string[] {
  const inGroups = (groups.value.value?.entries ?? []).filter(({ members }) => members.includes(number));
  const ids = new Set(inGroups.map(({ id }) => id));
  return (profiles.value.value?.entries ?? [])
    .filter(({ members, enabled }) => enabled && ids.has(members))
    .map(({ name }) => name);
}

const agreedText = ({ consents }: Extension): string => say(consents ? 'setting.yes' : 'setting.no');

function columnsOf(
  data: PeopleData,
  change: ((extension: Extension, consents: boolean) => Promise<void>) | null,
): readonly Column<Extension>[] {
  const excluded = data.exclusions.value.value?.extensions ?? [];
  const heardBy = (extension: Extension) => {
    if (excluded.includes(extension.number)) return say('rules.excluded');
    return profilesFor(extension, data).join(', ') || say('rules.nobody');
  };
  return [
    { id: 'number', name: say('people.number'), text: ({ number }) => number },
    { id: 'name', name: say('people.name'), text: ({ name }) => name },
    { id: 'heardBy', name: say('rules.heardBy'), text: heardBy },
    {
      id: 'consents',
      name: say('rules.consents'),
      text: agreedText,
      show: (extension) =>
        change ? (
          <label class="pick">
            <input
              type="checkbox"
              checked={extension.consents}
              onChange={({ currentTarget }) => void change(extension, currentTarget.checked)}
            />
            <span class="unseen">{say('rules.consentOf', { name: nameOf(extension) })}</span>
          </label>
        ) : (
          <span class={`badge ${extension.consents ? 'good' : ''}`}>{agreedText(extension)}</span>
        ),
    },
  ];
}

const filters = (): readonly Filter<Extension>[] => [
  {
    id: 'consents',
    name: say('rules.consents'),
    choices: [
      { id: 'yes', name: say('people.agreedYes'), fits: ({ consents }) => consents },
      { id: 'no', name: say('people.agreedNo'), fits: ({ consents }) => !consents },
    ],
  },
];
