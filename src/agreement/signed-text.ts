import { canonicalJson } from './canonical-json.js';
import type { AgreementDocument } from './document.js';

/** What employer and council sign: the document in its one form, behind what it is. */
export const signedText = (document: AgreementDocument): string => `modcall-agreement-1\n${canonicalJson(document)}`;
