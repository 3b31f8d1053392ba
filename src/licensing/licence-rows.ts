import type { Language } from '../primitives/language.js';
import { hardwareIdText } from './hardware-id.js';
import { boundHardware, boundServerKeys, expiryOf, type Licence } from './licence.js';
import { licensingTexts } from './messages.js';
import type { Row } from './sheet.js';

/** What is in a licence, for people. */
export function licenceRows(licence: Licence, language: Language): Row[] {
  const { labels, kinds, moment, members } = licensingTexts[language];
  const { term } = licence;
  const expires = expiryOf(term);
  const ids = boundHardware(licence).map(hardwareIdText);
  const serverKeys = boundServerKeys(licence);
  return [
    [labels.product, licence.product],
    [labels.keyNumber, String(licence.keyNumber)],
    [labels.kind, kinds[term.kind]],
    ...optionalRow(labels.holder, licence.holder),
    ...optionalRow(ids.length > 1 ? labels.hardwareIds : labels.hardwareId, ids.join(', ')),
    ...optionalRow(labels.serverKeys, serverKeys.join(', ')),
    [labels.members, members(licence.members)],
    [labels.highestMajor, String(licence.highestMajor)],
    [labels.issued, moment(licence.issued)],
    [labels.expires, expires === undefined ? labels.never : moment(expires)],
    ...optionalRow(labels.graceDays, term.kind === 'rented' ? String(term.graceDays) : undefined),
    ...optionalRow(labels.replaces, licence.replaces?.toString()),
  ];
}

function optionalRow(label: string, value: string | undefined): Row[] {
  return value ? [[label, value]] : [];
}
