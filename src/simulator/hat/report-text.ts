/** Writes what PROTOCOL.md, 3 says of reports and strings. It shares only that text with the driver, so that a mistake in one is found by the other. */

/** One byte further into the CRC-16 with polynomial 0x1021, by the shift formula for this polynomial. */
function crcStep(crc: number, byte: number): number {
  const mixed = ((crc >> 8) ^ byte) & 0xff;
  const high = mixed ^ (mixed >> 4);
  return ((crc << 8) ^ (high << 12) ^ (high << 5) ^ high) & 0xffff;
}

const hexadecimal = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** A whole report, from `DLE X` to `DLE .`. */
export function reportText(serial: number, code: string, data: string): Buffer {
  const content = `${hexadecimal(serial, 2)}${code}${data}`;
  const crc = [...Buffer.from(content, 'latin1')].reduce(crcStep, 0xffff);
  return Buffer.from(`\u0010X${content}${hexadecimal(crc, 4)}\u0010.`, 'latin1');
}

/** A string constant. */
export function stringConstant(text: string): string {
  const octets = [...Buffer.from(text, 'utf8')].map((octet) =>
    octet < 0x20 || octet > 0x7e || '"\\'.includes(String.fromCharCode(octet))
      ? `\\${hexadecimal(octet, 2)}`
      : String.fromCharCode(octet),
  );
  return `"${octets.join('')}"`;
}

/** The text of a string constant without its quotation marks. */
export function constantText(content: string): string {
  const octets = content.replace(/\\([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString('utf8');
}
