import { languages } from '../../../primitives/language.js';
import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { Check } from '../kit/form/check.js';
import { useEdit } from '../kit/form/edit.js';
import { EditForm } from '../kit/form/edit-form.js';
import { Field } from '../kit/form/field.js';
import { Picks } from '../kit/form/picks.js';
import { Select } from '../kit/form/select.js';
import { useHeld } from '../kit/form/unsaved.js';
import { say } from '../texts.js';
import type { LinesData } from './lines-data.js';
import { countries, digestOrders, digestText, readTelephony, transports } from './read-telephony.js';

type Shown = OutputOf<'GET', '/settings'>;

/** What all calls and telephones go by. */
export function Telephony({ data }: { readonly data: LinesData }) {
  const shown = useHeld(data.settings.value.value);
  if (!shown) return null;
  return <TelephonyForm key={shown.version} shown={shown} onSaved={data.refresh} />;
}

const fields = [
  ...['country', 'language', 'ringSeconds'],
  ...['address', 'port', 'transports', 'tlsPort', 'realm', 'digest', 'publicAddress'].map((field) => `sip.${field}`),
];

function TelephonyForm({
  shown: { version, settings, afterRestart },
  onSaved,
}: {
  readonly shown: Shown;
  readonly onSaved: () => void;
}) {
  const { sip } = settings;
  const shownCountries = settings.country === 'unknown' ? ([settings.country, ...countries] as const) : countries;
  const edit = useEdit({
    version,
    read: readTelephony,
    // All of it is one form: whatever else was changed is worth a look.
    place: () => [],
    send: (sent, { basis, dryRun }) => ask('PATCH', '/settings', { ...sent, dryRun }, basis),
    onSaved() {
      announce(say('lines.saved'));
      onSaved();
    },
  });
  const fault = edit.faultAt;
  const atStart = say('lines.atStart');
  return (
    <EditForm edit={edit} fields={fields}>
      <Select
        name="country"
        label={say('lines.country')}
        hint={say('lines.countryHint')}
        value={settings.country}
        choices={shownCountries.map((country) => [country, say(`lines.countryIs.${country}`)])}
        fault={fault('country')}
      />
      {settings.country === 'unknown' && <p class="notice">{say('setUp.countryMissing')}</p>}
      <Select
        name="language"
        label={say('lines.language')}
        hint={say('lines.languageHint')}
        value={settings.language}
        choices={languages.map((each) => [each, say(`people.languageIs.${each}`)])}
        fault={fault('language')}
      />
      <Field
        name="ringSeconds"
        type="digits"
        label={say('lines.ringSeconds')}
        hint={say('lines.ringSecondsHint')}
        value={settings.ringSeconds}
        fault={fault('ringSeconds')}
      />
      <Field
        name="sip.address"
        label={say('lines.sipAddress')}
        hint={`${say('lines.sipAddressHint')} ${atStart}`}
        value={sip.address}
        fault={fault('sip.address')}
      />
      <Field
        name="sip.port"
        type="digits"
        label={say('lines.sipPort')}
        hint={atStart}
        value={sip.port}
        fault={fault('sip.port')}
      />
      <Picks
        name="sip.transports"
        label={say('lines.transports')}
        hint={atStart}
        choices={transports.map((transport) => [transport, transport.toUpperCase()])}
        picked={sip.transports}
        fault={fault('sip.transports')}
      />
      <Field
        name="sip.tlsPort"
        type="digits"
        label={say('lines.tlsPort')}
        hint={`${say('lines.tlsPortHint')} ${atStart}`}
        value={sip.tlsPort}
        fault={fault('sip.tlsPort')}
      />
      <Field
        name="sip.realm"
        label={say('lines.realm')}
        hint={`${say('lines.realmHint')} ${atStart}`}
        value={sip.realm}
        fault={fault('sip.realm')}
      />
      <Select
        name="sip.digest"
        label={say('lines.digest')}
        hint={say('lines.digestHint')}
        value={digestText(sip.digest)}
        choices={digestOrders.map((order) => [digestText(order), digestText(order)])}
        fault={fault('sip.digest')}
      />
      <Field
        name="sip.publicAddress"
        label={say('lines.publicAddress')}
        hint={`${say('lines.publicAddressHint')} ${atStart}`}
        value={sip.publicAddress}
        fault={fault('sip.publicAddress')}
      />
      <Check
        name="provisioning.inClear"
        label={say('phones.inClear')}
        hint={say('phones.inClearHint')}
        isChecked={settings.provisioning?.inClear === true}
      />
      {afterRestart.length > 0 && <p class="notice">{say('lines.waits', { keys: afterRestart.join(', ') })}</p>}
    </EditForm>
  );
}
