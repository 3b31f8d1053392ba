/** What anybody can see of a PIN that cannot be used; whether somebody else has it is for the box alone to know. */
export type VisiblePinFault = 'wrongLength' | 'tooSimple';

/** What is wrong with a PIN for an extension, whoever else has which; null when nothing is. */
export function visiblePinFault(pin: string, number: string): VisiblePinFault | null {
  if (!/^\d{4,10}$/.test(pin)) return 'wrongLength';
  return isSimple(pin) || pin === number ? 'tooSimple' : null;
}

/** What everyone tries first: one digit repeated, or each the next one up or down, also past 0 (7890, 2109). */
export function isSimple(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  return [0, 1, 9].some((step) => steps.every((each) => each === step));
}
