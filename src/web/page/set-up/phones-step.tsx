import { type Signal, useSignal } from '@preact/signals';
import { Check } from '../kit/form/check.js';
import { Field } from '../kit/form/field.js';
import { type Form, useForm } from '../kit/form/form.js';
import { SecretTable } from '../kit/secret/secret-table.js';
import { say } from '../texts.js';
import { FrontPanelLink } from './front-panel-link.js';
import { checkPhones, freeNumbers, type MadePhone, makePhones, phonesOf } from './new-phones.js';
import { phonesAtBox, phonesIn, type StepProps } from './set-up-data.js';
import { StepFrame } from './step-frame.js';

const rowsAtFirst = 3;
const mostRows = 30;

interface PhonesStepProps extends StepProps {
  /** Those that were made just now, with their passwords, which nobody can see later. */
  readonly made: Signal<readonly MadePhone[]>;
  /** Where phones register. */
  readonly server: string;
  /** Whether built-in phones can talk in the place of those that are not there yet. */
  readonly hasBuiltIn: boolean;
  /** Where the telephones at a simulated board are; null where there is none. */
  readonly frontPanel: string | null;
}

/** Makes extensions and their passwords, several at once. */
export function PhonesStep({
  present: { version, settings },
  onDone,
  made,
  server,
  hasBuiltIn,
  frontPanel,
}: PhonesStepProps) {
  const rows = useSignal(rowsAtFirst);
  const asksForMore = useSignal(false);
  const taken = settings.extensions.map(({ number }) => number);
  const listed = (phones: typeof settings.extensions) =>
    phones.map(({ number, name }) => `${number} ${name}`).join(', ');
  const already = listed(phonesIn(settings));
  const atBox = listed(phonesAtBox(settings));
  const form = useForm(
    async (fields) => {
      made.value = [...made.value, ...(await makePhones(phonesOf(fields, rows.value), taken, version))];
      asksForMore.value = false;
      onDone();
    },
    (fields) => checkPhones(phonesOf(fields, rows.value), taken),
  );
  const more = () => {
    asksForMore.value = true;
  };
  if (made.value.length > 0 && !asksForMore.value)
    return <MadePhones phones={made.value} server={server} onMore={more} />;
  return (
    <StepFrame
      step="phones"
      title={say('setUp.phones')}
      about={say('setUp.phonesAbout')}
      form={form}
      fields={Array.from({ length: rows.value }, (_, row) => [`number-${row}`, `name-${row}`]).flat()}
      send={say('setUp.makePhones')}
    >
      <p>
        {say('setUp.whatPhones')} {hasBuiltIn && say('setUp.noneYet')}
      </p>
      <p>{say('setUp.phonesAdvice')}</p>
      {atBox !== '' && (
        <p>
          {say('setUp.phonesAtBox', { list: atBox })} {frontPanel && <FrontPanelLink address={frontPanel} />}
        </p>
      )}
      {already !== '' && <p>{say('setUp.present', { list: already })}</p>}
      {freeNumbers(taken, rows.value).map((number, row) => (
        <PhoneRow key={number} row={row} number={number} form={form} />
      ))}
      <div class="buttons">
        {rows.value > 1 && (
          <button type="button" onClick={() => change(rows, -1)}>
            {say('setUp.fewer', { number: rows.value })}
          </button>
        )}
        {rows.value < mostRows && (
          <button type="button" onClick={() => change(rows, 1)}>
            {say('setUp.more')}
          </button>
        )}
      </div>
    </StepFrame>
  );
}

function change(count: Signal<number>, by: number): void {
  count.value += by;
}

function PhoneRow({ row, number, form }: { readonly row: number; readonly number: string; readonly form: Form }) {
  const fault = (field: string) => form.faultAt(`${field}-${row}`);
  return (
    <fieldset class="row">
      <legend>{say('setUp.phoneOf', { number: row + 1 })}</legend>
      <Field name={`number-${row}`} label={say('setUp.number')} value={number} maxLength={8} fault={fault('number')} />
      <Field name={`name-${row}`} label={say('setUp.name')} maxLength={64} fault={fault('name')} />
      <Check name={`consents-${row}`} label={say('setUp.consents')} isChecked={false} />
    </fieldset>
  );
}

interface MadePhonesProps {
  readonly phones: readonly MadePhone[];
  readonly server: string;
  readonly onMore: () => void;
}

function MadePhones({ phones, server, onMore }: MadePhonesProps) {
  return (
    <StepFrame step="phones" title={say('setUp.phones')} about={say('setUp.made')} form={null}>
      <p>
        {say('setUp.server')}: <code>{server}</code>
      </p>
      <div class="table" role="status">
        <SecretTable
          idTitle={say('setUp.number')}
          secretTitle={say('setUp.password')}
          rows={phones.map(({ number, name, password }) => ({ id: number, name, secret: password }))}
        />
      </div>
      <div>
        <button type="button" onClick={onMore}>
          {say('setUp.addPhones')}
        </button>
      </div>
    </StepFrame>
  );
}
