import { Rows } from '../kit/rows.js';
import { datedText } from '../kit/times.js';
import { say } from '../texts.js';
import type { Shown } from './agreement-data.js';
import { DocumentText } from './document-text.js';

/** The works agreement in force, in plain words. */
export function InForce({ shown }: { readonly shown: Shown }) {
  const { document, hash, since } = shown;
  if (document === null)
    return (
      <>
        <p class={shown.state === 'lost' ? 'problem' : 'empty'}>{shown.text}</p>
        <p class="hint">{say('agreement.whatItIs')}</p>
      </>
    );
  return (
    <>
      <Rows
        rows={[
          [say('agreement.number'), String(document.version)],
          since === null ? null : [say('agreement.since'), datedText(since)],
          [say('agreement.hash'), <code key="hash">{hash}</code>],
        ]}
      />
      <p class="hint">{say('agreement.hashHint')}</p>
      <h2>{say('agreement.says')}</h2>
      <DocumentText document={document} />
    </>
  );
}
