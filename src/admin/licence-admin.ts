import type { LicenceDesk } from '../licence-desk/licence-desk.js';
import type { KeySlot } from '../licence-desk/licence-files.js';
import { type HardwareId, hardwareIdText } from '../licensing/hardware-id.js';
import type { Licence } from '../licensing/licence.js';
import { type LicenceReport, licenceReport, type VerdictReport, verdictReport } from '../licensing/report.js';
import { text } from '../locales/text.js';
import type { Language } from '../primitives/language.js';

import { licenceRows } from './licence-sheets/licence-rows.js';
import { orderSheet } from './licence-sheets/order-sheet.js';
import { type Row, sheetHtml, sheetText } from './licence-sheets/sheet.js';

export { readLicenceFile } from '../licence-desk/licence-files.js';
export { largestLicenceText } from '../licensing/licence-key.js';

/** The box whose licence is administered. */
export interface LicensedBox {
  readonly desk: LicenceDesk;
  readonly hardwareId: HardwareId;
  readonly productVersion: string;
  readonly extensionsSetUp: () => number;
  readonly now: () => number;
}

/** A licence and what it allows, as plain data and as rows for people. */
export interface LicenceView {
  readonly hardwareId: string;
  readonly licence: LicenceReport | null;
  readonly verdict: VerdictReport;
  readonly rows: readonly Row[];
}

export interface EnterView {
  readonly isAccepted: boolean;
  /** Which of the box's keys it has become; null when it was not accepted. */
  readonly slot: KeySlot | null;
  readonly verdict: VerdictReport;
}

/** Everything an admin does with licences. */
export class LicenceAdmin {
  constructor(private readonly box: LicensedBox) {}

  /** The licence in use. */
  show(language: Language): LicenceView {
    const { desk } = this.box;
    return this.view(desk.licence(), verdictReport(desk.verdict()), language);
  }

  /** What is in a key, and what it would allow here. */
  explain(keyText: string, language: Language): LicenceView {
    const { reading, verdict } = this.box.desk.explain(keyText);
    return this.view(reading.ok ? reading.licence : undefined, verdictReport(verdict), language);
  }

  /** Takes a key into use, unless it would be refused. */
  async enter(keyText: string): Promise<EnterView> {
    const result = await this.box.desk.enter(keyText);
    const verdict = result.isAccepted ? result.verdict : ({ isAllowed: false, refusal: result.refusal } as const);
    return {
      isAccepted: result.isAccepted,
      slot: result.isAccepted ? result.slot : null,
      verdict: verdictReport(verdict),
    };
  }

  /** Takes the keys out of use; returns where they are kept. */
  remove(): Promise<readonly string[]> {
    return this.box.desk.remove();
  }

  /** The sheet to order a licence with. */
  orderSheet(language: Language, format: 'text' | 'html'): string {
    const { desk, hardwareId, productVersion, extensionsSetUp, now } = this.box;
    const presentLicence = desk.licence();
    const order = { hardwareId, productVersion, extensionsSetUp: extensionsSetUp(), presentLicence, now: now() };
    const sheet = orderSheet(order, language);
    return format === 'html' ? sheetHtml(sheet) : sheetText(sheet);
  }

  private view(licence: Licence | undefined, verdict: VerdictReport, language: Language): LicenceView {
    const hardwareId = hardwareIdText(this.box.hardwareId);
    const ownId: Row = [text(language, 'licence.label.hardwareId'), hardwareId];
    return {
      hardwareId,
      licence: licence ? licenceReport(licence) : null,
      verdict,
      rows: licence ? licenceRows(licence, language) : [ownId],
    };
  }
}
