import { language, say } from '../texts.js';
import type { Signer } from './agreement-data.js';

/** Those who have signed, or have to. */
export const signersText = (signers: readonly Signer[]): string =>
  signers.length === 0
    ? say('agreement.nobodyYet')
    : new Intl.ListFormat(language.value).format(signers.map((signer) => say(`agreement.signerIs.${signer}`)));
