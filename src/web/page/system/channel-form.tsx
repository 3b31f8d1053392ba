import { useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { useSettingsChanges } from '../api/settings-changes.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { EditForm } from '../kit/form/edit-form.js';
import { Field } from '../kit/form/field.js';
import { Select } from '../kit/form/select.js';
import { useHeld } from '../kit/form/unsaved.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

type Present = OutputOf<'GET', '/settings'>;

const fields = ['updateChannel.address', 'updateChannel.channel'];

/** Where the box looks for newer versions of its system. */
export function ChannelForm({ onSaved }: { readonly onSaved: () => void }) {
  const settings = useMemo(() => new Resource(() => ask('GET', '/settings', {})), []);
  useSettingsChanges(() => settings.refresh());
  const present = useHeld(settings.value.value);
  return (
    <section aria-labelledby="channel-set">
      <h3 id="channel-set">{say('system.channelSet')}</h3>
      <ProblemText problem={settings.problem.value} />
      {present && (
        <PresentForm key={JSON.stringify(present.settings.updateChannel)} present={present} onSaved={onSaved} />
      )}
    </section>
  );
}

function PresentForm({ present, onSaved }: { readonly present: Present; readonly onSaved: () => void }) {
  const channel = present.settings.updateChannel;
  const edit = useEdit({
    version: present.version,
    place: () => ['updateChannel'],
    read: (data) => ({ updateChannel: readChannel(data) }),
    send: (sent, { basis, dryRun }) => ask('PATCH', '/settings', { ...sent, dryRun }, basis),
    onSaved() {
      announce(say('system.saved'));
      onSaved();
    },
  });
  return (
    <EditForm edit={edit} fields={fields}>
      <p>{say('system.channelSetAbout')}</p>
      <Field
        name="updateChannel.address"
        label={say('system.channelAddress')}
        hint={say('system.channelAddressHint')}
        value={channel?.address ?? ''}
        fault={edit.faultAt('updateChannel.address')}
      />
      <Select
        name="updateChannel.channel"
        label={say('system.channelName')}
        value={channel?.channel}
        choices={[
          ['stable', say('setting.value.channel.stable')],
          ['beta', say('setting.value.channel.beta')],
        ]}
        fault={edit.faultAt('updateChannel.channel')}
      />
    </EditForm>
  );
}

/** An address that is left empty switches it off. */
function readChannel(data: FormData) {
  const address = String(data.get('updateChannel.address') ?? '').trim();
  const channel: 'stable' | 'beta' = data.get('updateChannel.channel') === 'beta' ? 'beta' : 'stable';
  return address === '' ? null : { address, channel };
}
