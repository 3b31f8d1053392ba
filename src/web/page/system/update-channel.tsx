import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { Rows } from '../kit/rows.js';
import { momentText } from '../kit/times.js';
import { language, say } from '../texts.js';
import { ChannelForm } from './channel-form.js';
import { readRestart, UpdateTime } from './update-time.js';

type Shown = OutputOf<'GET', '/update'>;
type Channel = NonNullable<Shown['channel']>;
type Look = NonNullable<Channel['look']>;
type Offered = NonNullable<Look['offered']>;

interface UpdateChannelProps {
  readonly shown: Shown;
  readonly onChanged: () => void;
}

/** What the vendor says of newer versions, and where the box looks for that. */
export function UpdateChannel({ shown, onChanged }: UpdateChannelProps) {
  const { channel } = shown;
  return (
    <section aria-labelledby="channel">
      <h2 id="channel">{say('system.channel')}</h2>
      {channel ? (
        <Found key={`${channel.channel} ${channel.address}`} channel={channel} shown={shown} onChanged={onChanged} />
      ) : (
        <p>{say('system.channelNone')}</p>
      )}
      <ChannelForm onSaved={onChanged} />
    </section>
  );
}

function Found({ channel, shown, onChanged }: UpdateChannelProps & { readonly channel: Channel }) {
  const form = useForm(() => ask('POST', '/update/look', {}).finally(onChanged));
  const found = channel.look;
  const problem = form.problem.value;
  return (
    <>
      <Rows
        rows={[
          [say('system.channelLooked'), found ? momentText(found.at) : say('system.channelNever')],
          found && found.fault === null ? [say('system.channelFound'), versionText(found)] : null,
        ]}
      />
      <ProblemText problem={problem} />
      {!problem && found?.fault && <p class="problem">{found.fault.text}</p>}
      <form class="actions" {...form.on}>
        <button type="submit" disabled={form.isBusy.value}>
          {say('system.channelLook')}
        </button>
      </form>
      <div role="status">{form.isBusy.value && say('system.channelLooking')}</div>
      {found?.offered && <NewVersion offered={found.offered} shown={shown} onBegun={onChanged} />}
    </>
  );
}

const versionText = ({ offered }: Look): string =>
  offered
    ? say('system.channelOffered', { version: offered.version, megabytes: Math.ceil(offered.bytes / 1e6) })
    : say('system.channelNewest');

interface NewVersionProps {
  readonly offered: Offered;
  readonly shown: Shown;
  readonly onBegun: () => void;
}

/** What is new in it, and the way to install it, where that has not been gone yet. */
function NewVersion({ offered, shown: { latest, percent }, onBegun }: NewVersionProps) {
  const isInstalled = latest?.course === 'waiting' && latest.version === offered.version;
  const form = useForm(async (fields) => {
    await ask('POST', '/update/install', { source: offered.source, ...readRestart(fields) });
    announce(say('system.updateBegun'));
    onBegun();
  });
  return (
    <section aria-label={say('system.channelNotes', { version: offered.version })}>
      <h3>{say('system.channelNotes', { version: offered.version })}</h3>
      <p class="release-notes">{offered.notes[language.value]}</p>
      {percent === null && !isInstalled && (
        <form class="card" {...form.on}>
          <ProblemText problem={form.problem.value} />
          <UpdateTime />
          <div class="buttons">
            <button type="submit" class="main" disabled={form.isBusy.value}>
              {say('system.updateInstall')}
            </button>
          </div>
          <div role="status">{form.isBusy.value && say('system.updateLooking')}</div>
        </form>
      )}
    </section>
  );
}
