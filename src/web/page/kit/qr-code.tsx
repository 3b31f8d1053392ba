import { encode } from 'uqr';

/** A text as a QR code, dark on light in the dark scheme too: many scanners read no other. */
export default function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  // A border of four light modules: ISO/IEC 18004 demands it, and scanners need it.
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  return (
    <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path class="qr-light" d={`M0 0h${size}v${size}h${-size}z`} />
      <path class="qr-dark" d={darkPath(data)} />
    </svg>
  );
}

const darkPath = (rows: readonly (readonly boolean[])[]): string =>
  rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
