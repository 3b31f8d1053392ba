import { hardwareIdText } from '../../licensing/hardware-id.js';
import { boundHardware, boundServerKeys, expiryOf, type Licence } from '../../licensing/licence.js';
import type { English } from '../../locales/codes.js';
import { text } from '../../locales/text.js';
import type { Language } from '../../primitives/language.js';
import type { Row } from './sheet.js';

/** What is in a licence, for people. */
export function licenceRows(licence: Licence, language: Language): Row[] {
  const label = (name: keyof English['licence']['label']) => text(language, `licence.label.${name}`);
  const moment = (instant: number) => text(language, 'licence.moment', { instant });
  const { term } = licence;
  const expires = expiryOf(term);
  const ids = boundHardware(licence).map(hardwareIdText);
  const serverKeys = boundServerKeys(licence);
  return [
    [label('product'), licence.product],
    [label('keyNumber'), String(licence.keyNumber)],
    [label('kind'), text(language, `licence.kind.${term.kind}`)],
    ...optionalRow(label('holder'), licence.holder),
    ...optionalRow(label(ids.length > 1 ? 'hardwareIds' : 'hardwareId'), ids.join(', ')),
    ...optionalRow(label('serverKeys'), serverKeys.join(', ')),
    [label('members'), text(language, 'licence.extensions', { limit: licence.members })],
    [label('highestMajor'), String(licence.highestMajor)],
    [label('issued'), moment(licence.issued)],
    [label('expires'), expires === undefined ? label('never') : moment(expires)],
    ...optionalRow(label('graceDays'), term.kind === 'rented' ? String(term.graceDays) : undefined),
    ...optionalRow(label('replaces'), licence.replaces?.toString()),
  ];
}

function optionalRow(label: string, value: string | undefined): Row[] {
  return value ? [[label, value]] : [];
}
