const polynomial = 0x1021;

/** CRC-16 of reports (PROTOCOL.md, 3): polynomial 0x1021, start 0xFFFF, neither reflected nor inverted. */
export function crc16(text: string): number {
  let register = 0xffff;
  for (let index = 0; index < text.length; index++) {
    register ^= text.charCodeAt(index) << 8;
    for (let bit = 0; bit < 8; bit++) {
      const carry = register & 0x8000;
      register = (register << 1) & 0xffff;
      if (carry) register ^= polynomial;
    }
  }
  return register;
}
