import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { saveAs } from '../kit/save-as.js';
import { say } from '../texts.js';
import { agreement, type Document, type Proposal, type Shown } from './agreement-data.js';
import { Differences } from './differences.js';
import { DocumentText } from './document-text.js';
import { DraftEditor } from './draft-editor.js';
import { SignForm } from './sign-form.js';
import { signersText } from './signers-text.js';

/** What shall replace the agreement in force: written, compared, signed. */
export default function Draft({ shown }: { readonly shown: Shown }) {
  const isWriting = useSignal(false);
  const { document, proposal, state, text } = shown;
  if (!hasRole('council')) return null;
  if (state === 'lost') return <p class="problem">{text}</p>;
  const write = () => {
    isWriting.value = true;
  };
  const close = () => {
    isWriting.value = false;
    agreement.refresh();
  };
  return (
    <>
      {proposal === null ? (
        <p class="empty">{say('agreement.noDraft')}</p>
      ) : (
        <Waiting key={proposal.hash} proposal={proposal} isFirst={document === null} />
      )}
      <div class="buttons">
        <button type="button" class={proposal === null ? 'main' : ''} onClick={write}>
          {say(proposal === null ? 'agreement.write' : 'agreement.rewrite')}
        </button>
        {proposal && <WaitingButtons document={proposal.document} />}
      </div>
      {isWriting.value && (
        <DraftEditor before={proposal?.document ?? document} isFirst={document === null} onClose={close} />
      )}
    </>
  );
}

/** A document that waits for signatures. */
function Waiting({ proposal, isFirst }: { readonly proposal: Proposal; readonly isFirst: boolean }) {
  const { document, hash, differences, needed, signedBy } = proposal;
  return (
    <>
      <h2>{say('agreement.draftOf', { version: document.version })}</h2>
      <p>
        {say('agreement.hash')}: <code>{hash}</code>
      </p>
      <p>{say('agreement.signedSoFar', { signers: signersText(signedBy) })}</p>
      <Differences differences={differences} needed={needed} isFirst={isFirst} />
      <details class="card once">
        <summary>{say('agreement.wholeDraft')}</summary>
        <DocumentText document={document} />
      </details>
      <SignForm document={document} signedBy={signedBy} />
    </>
  );
}

/** What else can be done with it. */
function WaitingButtons({ document }: { readonly document: Document }) {
  return (
    <>
      <button type="button" onClick={() => saveDocument(document)}>
        {say('agreement.saveDocument')}
      </button>
      <AskedButton
        name={say('agreement.withdraw')}
        about={say('agreement.withdrawAbout')}
        done={say('agreement.withdrawn')}
        isDanger
        act={async () => {
          await ask('DELETE', '/agreement/proposal', {});
          agreement.refresh();
        }}
      />
    </>
  );
}

const saveDocument = (document: Document): void =>
  saveAs(`agreement-${document.version}.json`, 'application/json', `${JSON.stringify({ document }, undefined, 2)}\n`);
