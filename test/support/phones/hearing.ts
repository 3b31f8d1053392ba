import { type Hearing, misheard } from '../audio/hearing.js';
import { until } from '../waiting.js';
import type { Phone } from './phone.js';

const windowMs = 400;

/** Waits until a phone hears exactly what it should; shows what it hears instead when it never does. */
export async function untilPhoneHears(role: string, phone: Phone, hearing: Hearing): Promise<void> {
  let complaint: string | undefined;
  await until(
    () => complaint ?? 'nothing',
    async () => {
      complaint = misheard(`${role} ${phone.number}`, await phone.heard(windowMs), hearing);
      return complaint === undefined;
    },
  );
}
