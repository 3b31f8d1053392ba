import { renderSVG } from 'uqr';

/**
 * The text as QR code, an SVG picture. Capitals, digits and hyphens take least room.
 * @param pixelsPerModule edge of one of its small squares.
 */
export function qrCodeSvg(text: string, pixelsPerModule = 5): string {
  // Four modules of white around it: ISO/IEC 18004 asks for that, and scanners need it.
  return renderSVG(text, { ecc: 'M', border: 4, pixelSize: pixelsPerModule });
}
