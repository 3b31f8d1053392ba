import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { ProblemText } from '../kit/problem-text.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { Rows } from '../kit/rows.js';
import { dayText } from '../kit/times.js';
import { say } from '../texts.js';
import { CertificateForm } from './certificate-form.js';

/** What the box shows to browsers and telephones, so that they know it. */
export function Certificate() {
  const certificate = useMemo(() => new Resource(() => ask('GET', '/certificate', {})), []);
  const isInstalling = useSignal(false);
  const close = () => {
    isInstalling.value = false;
  };
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
            <button
              type="button"
              onClick={() => {
                isInstalling.value = true;
              }}
            >
              {say('system.install')}
            </button>
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
      {shown && isInstalling.value && (
        <CertificateForm
          version={shown.version}
          onInstalled={() => {
            close();
            refresh();
          }}
          onClose={close}
        />
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
