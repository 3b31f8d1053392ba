import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { announce } from '../kit/announcements.js';
import { EditButton } from '../kit/form/edit-button.js';
import { useFront } from '../kit/front.js';
import { List } from '../kit/list/list.js';
import { ProblemText } from '../kit/problem-text.js';
import { Confirm } from '../kit/question/confirm.js';
import { say } from '../texts.js';
import { columnsOf, filtersOf } from './columns.js';
import { ImportPhones } from './import-phones.js';
import { type MadeSecret, PhoneAddresses } from './phone-addresses.js';
import { PhoneEditor } from './phone-editor.js';
import { idText, type Phone, PhonesData } from './phones-data.js';

/** What is in front of the list. */
type Front =
  | { readonly kind: 'edit'; readonly phone: Phone | null }
  | { readonly kind: 'import' }
  | { readonly kind: 'made'; readonly made: readonly MadeSecret[] }
  | { readonly kind: Order; readonly phone: Phone };

/** What is asked about first. */
type Order = 'remove' | 'revoke' | 'renew' | 'callIn';

/** The phones that fetch their configuration from the box. */
export default function Phones() {
  const data = useMemo(() => new PhonesData(), []);
  useEffect(() => data.follow(), [data]);
  const { shown, show, close, done } = useFront<Front>(data.fresh);
  const [phones, states] = [data.phones.value.value, data.states.value.value];
  const [extensions, profiles] = [data.extensions.value.value, data.profiles.value.value];
  const onDone = (made: readonly MadeSecret[] = []) => done(made.length > 0 ? { kind: 'made', made } : null);
  if (!phones || !states || !extensions || !profiles) return <ProblemText problem={data.problem} />;
  return (
    <>
      <p>{say('phones.about')}</p>
      <ProblemText problem={data.problem} />
      <List
        name="phones"
        label={say('phones.phones')}
        entries={phones.entries}
        keyOf={({ id }) => id}
        empty={say('phones.empty')}
        columns={columnsOf(states.entries, extensions.entries)}
        filters={filtersOf(states.entries)}
        action={
          hasRole()
            ? (phone) => <EditButton name={idText(phone.id)} onClick={show({ kind: 'edit', phone })} />
            : undefined
        }
      >
        <a class="button" href="/api/phones.csv" download="phones.csv">
          {say('people.export')}
        </a>
        {hasRole() && (
          <>
            <button type="button" onClick={show({ kind: 'import' })}>
              {say('phones.import')}
            </button>
            <button type="button" class="main" onClick={show({ kind: 'edit', phone: null })}>
              {say('phones.new')}
            </button>
          </>
        )}
      </List>
      {states.guesses > 0 && <p class="note">{say('phones.guesses', { count: states.guesses })}</p>}
      {shown?.kind === 'edit' && (
        <PhoneEditor
          phone={shown.phone}
          version={phones.version}
          used={phones.entries.map(({ id }) => id)}
          models={states.models}
          extensions={extensions.entries}
          profiles={profiles.entries}
          aside={shown.phone && <Orders onOrder={(kind) => show(shown.phone && { kind, phone: shown.phone })()} />}
          onClose={close}
          onSaved={(phone, secret) => onDone(secret === null ? [] : [{ phone, secret }])}
        />
      )}
      {shown?.kind === 'import' && <ImportPhones onClose={close} onImported={onDone} />}
      {shown?.kind === 'made' && <PhoneAddresses made={shown.made} plainPort={states.plainPort} onClose={close} />}
      {isOrder(shown) && (
        <ConfirmOrder order={shown.kind} phone={shown.phone} version={phones.version} onClose={close} onDone={onDone} />
      )}
    </>
  );
}

const orders: readonly Order[] = ['remove', 'revoke', 'renew', 'callIn'];

const isOrder = (front: Front | null): front is Extract<Front, { readonly kind: Order }> =>
  orders.some((order) => order === front?.kind);

const Orders = ({ onOrder }: { readonly onOrder: (order: Order) => void }) => (
  <>
    {orders.map((order) => (
      <button key={order} type="button" class={order === 'remove' ? 'aside' : ''} onClick={() => onOrder(order)}>
        {say(`phones.${order}`)}
      </button>
    ))}
  </>
);

interface ConfirmOrderProps {
  readonly order: Order;
  readonly phone: Phone;
  readonly version: number;
  readonly onClose: () => void;
  readonly onDone: (made?: readonly MadeSecret[]) => unknown;
}

function ConfirmOrder({ order, phone, version, onClose, onDone }: ConfirmOrderProps) {
  const made = useSignal<string | null>(null);
  const { id } = phone;
  const name = idText(id);
  async function send(basis: number): Promise<void> {
    if (order === 'remove') await ask('DELETE', '/phones/{id}', { id }, basis);
    if (order === 'revoke') await ask('POST', '/phones/{id}/revoke', { id }, basis);
    if (order === 'callIn') await ask('POST', '/phones/{id}/call-in', { id });
    if (order === 'renew') made.value = (await ask('PATCH', '/phones/{id}', { id, secret: 'generate' }, basis)).secret;
  }
  return (
    <Confirm
      title={`${name}: ${say(`phones.${order}`)}`}
      action={say(`phones.${order}`)}
      place={['phones', id]}
      version={version}
      send={send}
      onDone={() => {
        announce(say(`phones.done.${order}`, { phone: name }));
        return onDone(made.value === null ? [] : [{ phone, secret: made.value }]);
      }}
      onClose={onClose}
    >
      <p>{say(`phones.orderAbout.${order}`)}</p>
    </Confirm>
  );
}
