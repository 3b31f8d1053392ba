import { type Hearing, misheard } from '../audio/hearing.js';
import { until } from '../waiting.js';
import type { BaresipPhone } from './baresip-phone.js';
import type { Phone } from './phone.js';

const windowMs = 400;

/** Waits until a phone hears exactly what it should; shows what it hears instead when it never does. */
export function untilPhoneHears(role: string, phone: Phone, hearing: Hearing): Promise<void> {
  return untilRight(async () => misheard(`${role} ${phone.number}`, await phone.heard(windowMs), hearing));
}

/** The same of a phone with two channels; each side has its own. */
export function untilHearsOnSides(phone: BaresipPhone, sides: { readonly left: Hearing; readonly right: Hearing }) {
  return untilRight(async () => {
    const { left, right } = await phone.heardOnSides(windowMs);
    return misheard('the left ear', left, sides.left) ?? misheard('the right ear', right, sides.right);
  });
}

async function untilRight(complain: () => Promise<string | undefined>): Promise<void> {
  let complaint: string | undefined;
  await until(
    () => complaint ?? 'nothing',
    async () => {
      complaint = await complain();
      return complaint === undefined;
    },
  );
}
