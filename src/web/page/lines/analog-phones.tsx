import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { EditButton } from '../kit/form/edit-button.js';
import { useFront } from '../kit/front.js';
import { List } from '../kit/list/list.js';
import type { Column } from '../kit/list/list-view.js';
import { RemoveEntry } from '../kit/question/remove-entry.js';
import { say } from '../texts.js';
import { AnalogPhoneEditor } from './analog-phone-editor.js';
import { LineState, stateText } from './line-state.js';
import type { AnalogPhone, Extension, Line, LinesData } from './lines-data.js';

type Front =
  | { readonly kind: 'edit'; readonly phone: AnalogPhone | null }
  | { readonly kind: 'remove'; readonly phone: AnalogPhone };

/** The telephones on ports of the board. */
export function AnalogPhones({ data }: { readonly data: LinesData }) {
  const { shown, show, close, done } = useFront<Front>(data.fresh);
  const phones = data.analogPhones.value.value;
  const extensions = data.extensions.value.value?.entries;
  if (!phones || !extensions) return null;
  return (
    <>
      <List
        name="analog-phones"
        label={say('lines.analog')}
        entries={phones.entries}
        keyOf={({ fxs }) => fxs}
        columns={columnsOf(data.lines.value.value?.entries ?? [], extensions)}
        action={
          hasRole()
            ? (phone) => (
                <EditButton name={say('lines.portName', { port: phone.fxs })} onClick={show({ kind: 'edit', phone })} />
              )
            : undefined
        }
      >
        {hasRole() && (
          <button type="button" class="main" onClick={show({ kind: 'edit', phone: null })}>
            {say('lines.newPhone')}
          </button>
        )}
      </List>
      {shown?.kind === 'edit' && (
        <AnalogPhoneEditor
          phone={shown.phone}
          version={phones.version}
          used={phones.entries.map(({ fxs }) => fxs)}
          extensions={extensions}
          ports={data.ports.value.value ?? []}
          onClose={close}
          onSaved={() => done()}
          onRemove={(phone) => show({ kind: 'remove', phone })()}
        />
      )}
      {shown?.kind === 'remove' && (
        <RemoveEntry
          title={say('lines.removePhone', { port: shown.phone.fxs })}
          place={['analogPhones', shown.phone.fxs]}
          version={phones.version}
          send={(basis) => ask('DELETE', '/analog-phones/{fxs}', { fxs: shown.phone.fxs }, basis)}
          gone={say('lines.phoneRemoved', { port: shown.phone.fxs })}
          onRemoved={() => done()}
          onClose={close}
        >
          <p>{say('lines.removePhoneAbout')}</p>
        </RemoveEntry>
      )}
    </>
  );
}

function columnsOf(lines: readonly Line[], extensions: readonly Extension[]): readonly Column<AnalogPhone>[] {
  const lineOf = ({ fxs }: AnalogPhone) => lines.find(({ port, kind }) => port === fxs && kind === 'telephone');
  const nameOf = (number: string) => extensions.find((each) => each.number === number)?.name ?? '';
  return [
    { id: 'port', name: say('lines.fxs'), text: ({ fxs }) => say('lines.portName', { port: fxs }) },
    { id: 'extension', name: say('live.extension'), text: ({ extension }) => `${extension} ${nameOf(extension)}` },
    {
      id: 'onLift',
      name: say('lines.onLift'),
      text: ({ onLift }) =>
        onLift.kind === 'call' ? say('lines.calls', { number: onLift.number }) : say('lines.dialTone'),
    },
    {
      id: 'state',
      name: say('live.state'),
      text: (phone) => stateText(lineOf(phone)),
      show: (phone) => <LineState line={lineOf(phone)} />,
    },
  ];
}
