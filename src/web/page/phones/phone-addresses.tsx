import { lazy } from 'preact-iso';
import { Dialog } from '../kit/question/dialog.js';
import { saveAs } from '../kit/save-as.js';
import { SecretTable } from '../kit/secret/secret-table.js';
import { ShownOnce } from '../kit/secret/shown-once.js';
import { say } from '../texts.js';
import { idText, type Phone } from './phones-data.js';

const QrCode = lazy(() => import('../kit/qr-code.js'));

/** A phone with the secret that the box has made for it. */
export interface MadeSecret {
  readonly phone: Pick<Phone, 'id' | 'model'>;
  readonly secret: string;
}

interface PhoneAddressesProps {
  readonly made: readonly MadeSecret[];
  /** Where phones may come by plain HTTP; null where they may not. */
  readonly plainPort: number | null;
  readonly onClose: () => void;
}

/** What follows the address: most makes put the name of their file there themselves. */
const endOf = ({ id, model }: MadeSecret['phone']): string => {
  switch (model) {
    case 'linphone':
      return `${id}.xml`;
    case 'snom':
      return '{mac}.xml';
    case 'cisco-ata':
      return '$MA.xml';
    default:
      return '';
  }
};

function addressesOf({ phone, secret }: MadeSecret, plainPort: number | null): readonly string[] {
  const path = `/phones/${secret}/${endOf(phone)}`;
  const inClear = plainPort === null ? [] : [`http://${location.hostname}:${plainPort}${path}`];
  return [`${location.origin}${path}`, ...inClear];
}

/** Where phones fetch their configuration, this once. */
export function PhoneAddresses({ made, plainPort, onClose }: PhoneAddressesProps) {
  const [first] = made;
  const isOne = made.length === 1 && first !== undefined;
  const rows = made.map((each) => `${each.phone.id},${addressesOf(each, plainPort)[0]}`);
  return (
    <Dialog title={isOne ? idText(first.phone.id) : say('phones.addresses')} size="large" onClose={onClose}>
      <p>{say('phones.addressAbout')}</p>
      {isOne ? (
        <OneAddress made={first} plainPort={plainPort} />
      ) : (
        <div class="card table">
          <SecretTable
            idTitle={say('phones.phone')}
            secretTitle={say('phones.address')}
            rows={made.map((each) => ({ id: idText(each.phone.id), secret: addressesOf(each, plainPort)[0] ?? '' }))}
            class="phone-address"
          />
        </div>
      )}
      <div class="buttons">
        {!isOne && (
          <button
            type="button"
            onClick={() => saveAs('phones.csv', 'text/csv', `${['mac,address', ...rows].join('\r\n')}\r\n`)}
          >
            {say('phones.saveAddresses')}
          </button>
        )}
        <button type="button" class="main" onClick={onClose}>
          {say('form.close')}
        </button>
      </div>
    </Dialog>
  );
}

function OneAddress({ made, plainPort }: { readonly made: MadeSecret; readonly plainPort: number | null }) {
  const { model } = made.phone;
  const [address = '', inClear] = addressesOf(made, plainPort);
  return (
    <>
      <p>{say(`phones.typeAt.${model}`)}</p>
      <dl class="card known">
        <Address name={say('phones.address')} address={address} />
        {inClear !== undefined && <Address name={say('phones.addressInClear')} address={inClear} />}
      </dl>
      {model === 'linphone' && <QrCode text={address} label={say('phones.qrCode')} />}
      {model !== 'linphone' && <p class="hint">{say('phones.trust')}</p>}
    </>
  );
}

function Address({ name, address }: { readonly name: string; readonly address: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <ShownOnce text={address} class="phone-address" />
    </div>
  );
}
