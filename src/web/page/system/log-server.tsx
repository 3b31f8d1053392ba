import { useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { useSettingsChanges } from '../api/settings-changes.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { EditForm } from '../kit/form/edit-form.js';
import { Field } from '../kit/form/field.js';
import { Labelled } from '../kit/form/labelled.js';
import { Select } from '../kit/form/select.js';
import { useHeld } from '../kit/form/unsaved.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { levels } from './log-lines.js';

type Server = OutputOf<'GET', '/settings'>['settings']['remoteLog'];

/** Where on the network the log is sent, too. */
export function LogServer() {
  const present = useMemo(() => new Resource(() => ask('GET', '/settings', {})), []);
  useSettingsChanges(() => present.refresh());
  const shown = useHeld(present.value.value);
  const server = shown?.settings.remoteLog ?? null;
  return (
    <section aria-labelledby="remote-log">
      <h2 id="remote-log">{say('system.remoteLog')}</h2>
      <ProblemText problem={present.problem.value} />
      {shown && <ServerForm key={JSON.stringify(server)} version={shown.version} server={server} />}
    </section>
  );
}

const usualPort = 6514;
const fields = ['host', 'port', 'level', 'authorities'].map((field) => `remoteLog.${field}`);

function ServerForm({ version, server }: { readonly version: number; readonly server: Server }) {
  const edit = useEdit({
    version,
    place: () => ['remoteLog'],
    read: readServer,
    send: (remoteLog, { basis, dryRun }) => ask('PATCH', '/settings', { remoteLog, dryRun }, basis),
    onSaved: () => announce(say('system.saved')),
  });
  const fault = (field: string) => edit.faultAt(`remoteLog.${field}`);
  return (
    <EditForm edit={edit} fields={fields}>
      <p>{say('system.remoteLogAbout')}</p>
      <Field
        name="remoteLog.host"
        label={say('system.remoteLogHost')}
        hint={say('system.remoteLogHostHint')}
        value={server?.host}
        fault={fault('host')}
      />
      <Field
        name="remoteLog.port"
        type="digits"
        label={say('system.remoteLogPort')}
        value={server?.port ?? usualPort}
        maxLength={5}
        fault={fault('port')}
      />
      <Select
        name="remoteLog.level"
        label={say('system.level')}
        value={server?.level ?? 'info'}
        choices={levels.map((level) => [level, say(`system.levelIs.${level}`)])}
        fault={fault('level')}
      />
      <Labelled
        label={say('system.remoteLogAuthorities')}
        hint={say('system.remoteLogAuthoritiesHint')}
        fault={fault('authorities')}
      >
        {(ties) => (
          <textarea
            {...ties}
            name="remoteLog.authorities"
            rows={4}
            autocomplete="off"
            spellcheck={false}
            defaultValue={server?.authorities ?? ''}
          />
        )}
      </Labelled>
    </EditForm>
  );
}

function readServer(data: FormData) {
  const text = (name: string) => String(data.get(`remoteLog.${name}`) ?? '').trim();
  if (text('host') === '') return null;
  return {
    host: text('host'),
    port: wholeNumber(text('port')),
    level: levels.find((level) => level === text('level')) ?? 'info',
    authorities: text('authorities') || null,
  };
}
