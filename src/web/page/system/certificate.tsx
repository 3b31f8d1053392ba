import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { AskedButton } from '../kit/asked-button.js';
import { ProblemText } from '../kit/problem-text.js';
import { Rows } from '../kit/rows.js';
import { dayText } from '../kit/times.js';
import { say } from '../texts.js';

/** What the box shows to browsers and telephones, so that they know it. */
export function Certificate() {
  const certificate = useMemo(() => new Resource(() => ask('GET', '/certificate', {})), []);
  const refresh = () => certificate.refresh();
  useEffect(refresh, [certificate]);
  const shown = certificate.value.value;
  return (
    <section aria-labelledby="certificate">
      <h2 id="certificate">{say('system.certificate')}</h2>
      <ProblemText problem={certificate.problem.value} />
      {shown && (
        <>
          <Rows rows={rowsOf(shown)} />
          <div class="actions">
            <AskedButton
              name={say('system.install')}
              about={say('system.installAbout')}
              done={say('system.installed')}
              act={async ({ certificate: pem = '', key = '' }) => {
                await ask('PUT', '/certificate', { certificate: pem, key }, shown.version);
                refresh();
              }}
            >
              <Pem name="certificate" label={say('system.pem')} />
              <Pem name="key" label={say('system.pemKey')} />
            </AskedButton>
            {shown.kind === 'installed' && (
              <AskedButton
                name={say('system.uninstall')}
                about={say('system.uninstallAbout')}
                done={say('system.uninstalled')}
                isDanger
                act={async () => {
                  await ask('DELETE', '/certificate', {}, shown.version);
                  refresh();
                }}
              />
            )}
          </div>
        </>
      )}
    </section>
  );
}

const rowsOf = ({ kind, subject, issuer, until, fingerprint, for: names }: OutputOf<'GET', '/certificate'>) =>
  [
    [say('system.certificateKind'), say(`system.certificateIs.${kind}`)],
    [say('system.subject'), subject],
    [say('system.issuer'), issuer],
    [say('system.certificateFor'), names],
    [say('system.certificateUntil'), dayText(until)],
    [say('system.fingerprint'), <code key="fingerprint">{fingerprint}</code>],
  ] as const;

function Pem({ name, label }: { readonly name: string; readonly label: string }) {
  return (
    <div class="field">
      <label for={`pem-${name}`}>{label}</label>
      <textarea id={`pem-${name}`} name={name} rows={4} required autocomplete="off" spellcheck={false} />
    </div>
  );
}
