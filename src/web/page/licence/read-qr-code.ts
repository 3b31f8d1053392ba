import decodeQr from 'qr/decode.js';

/** Enough for a code that fills a quarter of the picture, and little enough for the memory of a telephone. */
const longestEdge = 2000;
const patienceMs = 3000;

/** What the QR code in a picture says; null where none can be read. */
export async function readQrCode(picture: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(picture).catch(() => null);
  if (!bitmap) return null;
  const scale = Math.min(1, longestEdge / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.max(1, bitmap.width * scale), Math.max(1, bitmap.height * scale)].map(Math.round) as [
    number,
    number,
  ];
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  try {
    return decodeQr(context.getImageData(0, 0, width, height), { effort: 3, timeLimit: patienceMs });
  } catch {
    return null;
  }
}
