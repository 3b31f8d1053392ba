import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { EditButton } from '../kit/form/edit-button.js';
import { useFront } from '../kit/front.js';
import { List } from '../kit/list/list.js';
import type { Column } from '../kit/list/list-view.js';
import { RemoveEntry } from '../kit/question/remove-entry.js';
import { say } from '../texts.js';
import { LineState, stateText } from './line-state.js';
import type { Line, LinesData, Trunk } from './lines-data.js';
import { TrunkEditor } from './trunk-editor.js';

type Front =
  | { readonly kind: 'edit'; readonly trunk: Trunk | null }
  | { readonly kind: 'remove'; readonly trunk: Trunk };

/** All ways to the outside, with how each is at this moment. */
export function Trunks({ data }: { readonly data: LinesData }) {
  const { shown, show, close, done } = useFront<Front>(data.fresh);
  const trunks = data.trunks.value.value;
  if (!trunks) return null;
  const lines = data.lines.value.value?.entries ?? [];
  return (
    <>
      <List
        name="trunks"
        label={say('lines.trunks')}
        entries={trunks.entries}
        keyOf={({ id }) => id}
        columns={columnsOf(lines)}
        action={
          hasRole() ? (trunk) => <EditButton name={trunk.name} onClick={show({ kind: 'edit', trunk })} /> : undefined
        }
      >
        {hasRole() && (
          <button type="button" class="main" onClick={show({ kind: 'edit', trunk: null })}>
            {say('lines.newTrunk')}
          </button>
        )}
      </List>
      <Emergency numbers={data.lines.value.value?.emergency ?? []} />
      {shown?.kind === 'edit' && (
        <TrunkEditor
          trunk={shown.trunk}
          version={trunks.version}
          ids={trunks.entries.map(({ id }) => id)}
          extensions={data.extensions.value.value?.entries ?? []}
          groups={data.groups.value.value?.entries ?? []}
          ports={data.ports.value.value ?? []}
          providers={data.providers.value.value?.entries ?? []}
          onClose={close}
          onSaved={() => done()}
          onRemove={(trunk) => show({ kind: 'remove', trunk })()}
        />
      )}
      {shown?.kind === 'remove' && (
        <RemoveEntry
          title={say('lines.removeTrunk', { name: shown.trunk.name })}
          place={['trunks', shown.trunk.id]}
          version={trunks.version}
          send={(basis) => ask('DELETE', '/trunks/{id}', { id: shown.trunk.id }, basis)}
          gone={say('lines.trunkRemoved', { name: shown.trunk.name })}
          onRemoved={() => done()}
          onClose={close}
        >
          <p>{say('lines.removeTrunkAbout')}</p>
        </RemoveEntry>
      )}
    </>
  );
}

function Emergency({ numbers }: { readonly numbers: readonly string[] }) {
  if (numbers.length === 0) return null;
  return <p class="notice">{say('lines.emergency', { numbers: numbers.join(', ') })}</p>;
}

function columnsOf(lines: readonly Line[]): readonly Column<Trunk>[] {
  const lineOf = ({ id }: Trunk) => lines.find(({ line, kind }) => line === id && kind !== 'telephone');
  return [
    { id: 'name', name: say('lines.name'), text: ({ name }) => name },
    { id: 'kind', name: say('live.kind'), text: ({ kind }) => say(`live.lineKind.${kind}`) },
    { id: 'prefix', name: say('lines.prefix'), text: ({ prefix }) => prefix || say('lines.noPrefix') },
    {
      id: 'to',
      name: say('lines.to'),
      text: (trunk) => ('host' in trunk ? trunk.host : say('lines.portName', { port: trunk.fxo })),
    },
    {
      id: 'state',
      name: say('live.state'),
      text: (trunk) => stateText(lineOf(trunk)),
      show: (trunk) => <LineState line={lineOf(trunk)} />,
    },
  ];
}
