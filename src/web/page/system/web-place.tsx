import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

type Place = OutputOf<'GET', '/web'>;
type Web = NonNullable<Place['web']>;

/** Where the page is. Whoever moves it has to confirm at the new place that it is found there. */
export function WebPlace() {
  const place = useMemo(() => new Resource(() => ask('GET', '/web', {})), []);
  useEffect(() => place.refresh(), [place]);
  const shown = place.value.value;
  return (
    <section aria-labelledby="web">
      <h2 id="web">{say('system.web')}</h2>
      <ProblemText problem={place.problem.value} />
      {shown?.web && <WebForm key={shown.version} version={shown.version} web={shown.web} />}
    </section>
  );
}

function WebForm({ version, web }: { readonly version: number; readonly web: Web }) {
  const movedTo = useSignal<string | null>(null);
  const form = useForm(async (fields) => {
    const wish = { ...web, ...wishOf(fields) };
    await ask('PATCH', '/settings', { web: wish }, version);
    if (!isMove(web, wish)) return announce(say('system.saved'));
    movedTo.value = addressOf(wish);
    location.assign(movedTo.value);
  });
  const fault = (field: string) => form.problem.value?.faultAt(`web.${field}`);
  if (movedTo.value !== null)
    return (
      <p class="notice" role="status">
        {say('system.moving')} <a href={movedTo.value}>{movedTo.value}</a>
      </p>
    );
  return (
    <form class="card narrow" onSubmit={form.submit}>
      <p>{say('system.webAbout')}</p>
      <ProblemText problem={form.problem.value} />
      <Field
        name="address"
        label={say('system.webAddress')}
        hint={say('system.webAddressHint')}
        value={web.address}
        fault={fault('address')}
        isNeeded
      />
      <Field name="port" label={say('system.webPort')} value={web.port} maxLength={5} fault={fault('port')} isNeeded />
      <Field
        name="plainPort"
        label={say('system.plainPort')}
        hint={say('system.plainPortHint')}
        value={web.plainPort ?? ''}
        maxLength={5}
        fault={fault('plainPort')}
      />
      <Field
        name="names"
        label={say('system.webNames')}
        hint={say('system.webNamesHint')}
        value={web.names.join(' ')}
        fault={fault('names')}
      />
      <div class="buttons">
        <button type="submit" class="main" disabled={form.isBusy.value}>
          {say('system.save')}
        </button>
      </div>
    </form>
  );
}

function wishOf({ address = '', port = '', plainPort = '', names = '' }: Readonly<Record<string, string>>) {
  return {
    address: address.trim(),
    port: Number(port),
    plainPort: plainPort.trim() === '' ? null : Number(plainPort),
    names: names.split(/[\s,;]+/).filter((name) => name !== ''),
  };
}

const isMove = (before: Web, after: Web): boolean =>
  before.address !== after.address || before.port !== after.port || before.plainPort !== after.plainPort;

/** An address that stands for all of the box is reached as it is now. */
function addressOf({ address, port, encrypted }: Web): string {
  const host = address === '0.0.0.0' ? location.hostname : address;
  return `${encrypted ? 'https' : 'http'}://${host}:${port}/system/network`;
}
