import type { Page } from 'playwright-core';
import decodeQr from 'qr/decode.js';

const pixelsPerModule = 4;

/** What the QR code of the page says, as a scanner reads it. */
export async function qrCodeShown(page: Page): Promise<string> {
  const picture = page.locator('svg.qr-code');
  const [, , size = 0] = ((await picture.getAttribute('viewBox')) ?? '').split(' ').map(Number);
  const width = size * pixelsPerModule;
  const data = new Uint8Array(width * width * 4).fill(255);
  const dark = (await picture.locator('.qr-dark').getAttribute('d')) ?? '';
  for (const [, x, y] of dark.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let row = 0; row < pixelsPerModule; row += 1) {
      const start = ((Number(y) * pixelsPerModule + row) * width + Number(x) * pixelsPerModule) * 4;
      for (let pixel = 0; pixel < pixelsPerModule; pixel += 1) data.set([0, 0, 0], start + pixel * 4);
    }
  return decodeQr({ width, height: width, data });
}
