import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { orderSheet } from '../../../src/admin/licence/order-sheet.js';
import { type Sheet, sheetHtml, sheetText } from '../../../src/admin/licence/sheet.js';
import { hardwareIdText } from '../../../src/licensing/hardware-id.js';
import { qrCodeSvg } from '../../../src/licensing/qr-code.js';
import { issued, licence, ownId } from './vendor.js';

const order = {
  hardwareId: ownId,
  productVersion: '1.4.2',
  extensionsSetUp: 23,
  presentLicence: undefined,
  now: issued,
};

describe('the order sheet', () => {
  it.each([
    ['de', ['Bestellblatt', 'Eingerichtete Nebenstellen', 'keine']],
    ['en', ['Order sheet', 'Extensions set up', 'none']],
  ] as const)('in %s holds all that the vendor needs, as text and as page', (language, words) => {
    const sheet = orderSheet(order, language);
    for (const text of [sheetText(sheet), sheetHtml(sheet)]) {
      for (const word of [...words, hardwareIdText(ownId), '1.4.2', '23', '1-20', '151-250', '251+'])
        expect(text).toContain(word);
    }
    expect(sheetHtml(sheet)).toContain(`<html lang="${language}">`);
  });

  it('leaves room to write, and boxes to tick that are never broken across lines', () => {
    const sheet = orderSheet(order, 'en');
    expect(sheetText(sheet)).toMatch(/^Customer: +_{20,}$/m);
    expect(sheetHtml(sheet)).toContain('<th scope="row">Customer</th><td class="blank"></td>');
    expect(sheetText(sheet)).toContain('☐\u00a0demo\u00a0(30\u00a0days)   ☐\u00a0higher\u00a0tier');
  });

  it('names the present licence', () => {
    const sheet = orderSheet({ ...order, presentLicence: licence() }, 'en');
    expect(sheetText(sheet)).toMatch(/Present licence: +1001 \(bought\)/);
  });

  it('fetches nothing and runs nothing', () => {
    const html = sheetHtml(orderSheet(order, 'de')).replaceAll('http://www.w3.org/2000/svg', '');
    expect(html).not.toMatch(/https?:|<script|<link|src=/);
  });

  it('escapes every text', () => {
    const sheet: Sheet = { ...orderSheet(order, 'en'), rows: [['<b>"A" & B</b>', '<script>']] };
    expect(sheetHtml(sheet)).toContain(
      '<th scope="row">&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;</th><td>&lt;script&gt;</td>',
    );
  });
});

describe('the QR code', () => {
  it('has exactly the modules of the code, with the white border that scanners need', () => {
    const text = hardwareIdText(ownId);
    const { data } = encode(text, { ecc: 'M', border: 4 });
    const drawn = new Set(
      [...qrCodeSvg(text, 5).matchAll(/M(\d+),(\d+)h5v5/g)].map(([, x, y]) => `${Number(x) / 5},${Number(y) / 5}`),
    );
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x},${y}`] : [])));
    expect(drawn).toEqual(new Set(dark));
    expect(data.slice(0, 4).flat()).not.toContain(true);
  });
});
