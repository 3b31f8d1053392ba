import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { useSettingsChanges } from '../api/settings-changes.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { EditForm } from '../kit/form/edit-form.js';
import { Field } from '../kit/form/field.js';
import { useHeld } from '../kit/form/unsaved.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

type Place = OutputOf<'GET', '/web'>;
type Web = NonNullable<Place['web']>;

/** Where the page is. Whoever moves it has to confirm at the new place that it is found there. */
export function WebPlace() {
  const place = useMemo(() => new Resource(() => ask('GET', '/web', {})), []);
  useSettingsChanges(() => place.refresh());
  const shown = useHeld(place.value.value);
  return (
    <section aria-labelledby="web">
      <h2 id="web">{say('system.web')}</h2>
      <ProblemText problem={place.problem.value} />
      {shown?.web && <WebForm key={shown.version} version={shown.version} web={shown.web} />}
    </section>
  );
}

const fields = ['address', 'port', 'plainPort', 'names'].map((field) => `web.${field}`);

function WebForm({ version, web }: { readonly version: number; readonly web: Web }) {
  const movedTo = useSignal<string | null>(null);
  const edit = useEdit({
    version,
    place: () => ['web'],
    read: (data) => ({ ...web, ...readWeb(data) }),
    send: (sent, { basis, dryRun }) => ask('PATCH', '/settings', { web: sent, dryRun }, basis),
    onSaved(_answer, sent) {
      if (!isMove(web, sent)) return announce(say('system.saved'));
      movedTo.value = addressOf(sent);
      location.assign(movedTo.value);
    },
  });
  const fault = (field: string) => edit.faultAt(`web.${field}`);
  if (movedTo.value !== null)
    return (
      <p class="notice" role="status">
        {say('system.moving')} <a href={movedTo.value}>{movedTo.value}</a>
      </p>
    );
  return (
    <EditForm edit={edit} fields={fields}>
      <p>{say('system.webAbout')}</p>
      <Field
        name="web.address"
        label={say('system.webAddress')}
        hint={say('system.webAddressHint')}
        value={web.address}
        fault={fault('address')}
      />
      <Field
        name="web.port"
        type="digits"
        label={say('system.webPort')}
        value={web.port}
        maxLength={5}
        fault={fault('port')}
      />
      <Field
        name="web.plainPort"
        type="digits"
        label={say('system.plainPort')}
        hint={say('system.plainPortHint')}
        value={web.plainPort ?? ''}
        maxLength={5}
        fault={fault('plainPort')}
      />
      <Field
        name="web.names"
        label={say('system.webNames')}
        hint={say('system.webNamesHint')}
        value={web.names.join(' ')}
        fault={fault('names')}
      />
    </EditForm>
  );
}

function readWeb(data: FormData) {
  const text = (name: string) => String(data.get(`web.${name}`) ?? '').trim();
  return {
    address: text('address'),
    port: wholeNumber(text('port')),
    plainPort: text('plainPort') === '' ? null : wholeNumber(text('plainPort')),
    names: text('names')
      .split(/[\s,;]+/)
      .filter((name) => name !== ''),
  };
}

const isMove = (before: Web, after: Web): boolean =>
  before.address !== after.address || before.port !== after.port || before.plainPort !== after.plainPort;

/** An address that stands for all of the box is reached as it is now. */
function addressOf({ address, port, encrypted }: Web): string {
  const host = address === '0.0.0.0' ? location.hostname : address;
  return `${encrypted ? 'https' : 'http'}://${host}:${port}/system/network`;
}
