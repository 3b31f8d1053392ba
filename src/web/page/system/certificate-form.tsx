import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Labelled, type Labels } from '../kit/form/labelled.js';
import { say } from '../texts.js';

interface CertificateFormProps {
  readonly version: number;
  readonly onInstalled: () => void;
  readonly onClose: () => void;
}

/** Brings a certificate that somebody else has issued, with its key. */
export function CertificateForm({ version, onInstalled, onClose }: CertificateFormProps) {
  const edit = useEdit({
    version,
    place: () => [],
    read: (data) => ({ certificate: String(data.get('certificate') ?? ''), key: String(data.get('key') ?? '') }),
    send: (sent, { basis, dryRun }) => ask('PUT', '/certificate', { ...sent, dryRun }, basis),
    onSaved() {
      announce(say('system.installed'));
      onInstalled();
    },
  });
  return (
    <Editor
      title={say('system.install')}
      action={say('system.install')}
      edit={edit}
      fields={['certificate', 'key']}
      onClose={onClose}
    >
      <p>{say('system.installAbout')}</p>
      <Pem name="certificate" label={say('system.pem')} fault={edit.faultAt('certificate')} />
      <Pem name="key" label={say('system.pemKey')} fault={edit.faultAt('key')} />
    </Editor>
  );
}

function Pem({ name, ...labels }: Labels & { readonly name: string }) {
  return (
    <Labelled {...labels}>
      {(ties) => <textarea {...ties} name={name} rows={4} autocomplete="off" spellcheck={false} />}
    </Labelled>
  );
}
