import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { ConflictText } from '../kit/conflict-text.js';
import { useEdit } from '../kit/edit.js';
import { Field } from '../kit/field.js';
import { ProblemText } from '../kit/problem-text.js';
import { Select } from '../kit/select.js';
import { useUnsaved } from '../kit/unsaved.js';
import { say } from '../texts.js';
import type { LinesData } from './lines-data.js';
import { countries, readTelephony } from './read-telephony.js';

type Shown = OutputOf<'GET', '/settings'>;

/** What all calls and telephones go by. */
export function Telephony({ data }: { readonly data: LinesData }) {
  const shown = data.settings.value.value;
  if (!shown) return null;
  return <TelephonyForm key={shown.version} shown={shown} onSaved={data.refresh} />;
}

const fields = ['country', 'ringSeconds', 'sip.address', 'sip.port', 'sip.realm', 'sip.publicAddress'];

function TelephonyForm({
  shown: { version, settings, afterRestart },
  onSaved,
}: {
  readonly shown: Shown;
  readonly onSaved: () => void;
}) {
  const { sip } = settings;
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
  useUnsaved(() => edit.isChanged.value);
  const fault = edit.faultAt;
  const atStart = say('lines.atStart');
  return (
    <form class="card editor narrow" onInput={edit.onInput} onSubmit={edit.onSubmit} noValidate>
      <Select
        name="country"
        label={say('lines.country')}
        hint={say('lines.countryHint')}
        value={settings.country}
        choices={countries.map((country) => [country, say(`lines.countryIs.${country}`)])}
        fault={fault('country')}
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
        value={sip?.address}
        fault={fault('sip.address')}
      />
      <Field
        name="sip.port"
        type="digits"
        label={say('lines.sipPort')}
        hint={atStart}
        value={sip?.port}
        fault={fault('sip.port')}
      />
      <Field
        name="sip.realm"
        label={say('lines.realm')}
        hint={`${say('lines.realmHint')} ${atStart}`}
        value={sip?.realm}
        fault={fault('sip.realm')}
      />
      <Field
        name="sip.publicAddress"
        label={say('lines.publicAddress')}
        hint={`${say('lines.publicAddressHint')} ${atStart}`}
        value={sip?.publicAddress}
        fault={fault('sip.publicAddress')}
      />
      <ProblemText problem={edit.problem.value} fields={fields} />
      <ConflictText conflict={edit.conflict.value} />
      {afterRestart.length > 0 && <p class="notice">{say('lines.waits', { keys: afterRestart.join(', ') })}</p>}
      <div class="buttons">
        <button type="submit" class="main" disabled={edit.isBusy.value}>
          {say('form.save')}
        </button>
      </div>
    </form>
  );
}
