import { renderSVG } from 'uqr';

/**
 * The text as a QR code in SVG. Capitals, digits and hyphens take the least space.
 * @param pixelsPerModule edge of one of its small squares.
 */
export function qrCodeSvg(text: string, pixelsPerModule = 5): string {
  // A border of four white modules: ISO/IEC 18004 demands it, and scanners need it.
  return renderSVG(text, { ecc: 'M', border: 4, pixelSize: pixelsPerModule });
}
