import { longestPassword, nameKey, shortestPassword } from './users-schema.js';

/** Why a password cannot be set. */
export type PasswordFault = 'tooShort' | 'tooLong' | 'tooSimple';

const fewestDifferent = 5;

/** What is wrong with a new password; null when nothing is. Only length counts: no rule demands characters that nobody can remember. */
export function passwordFault(password: string, user: string): PasswordFault | null {
  if (password.length > longestPassword) return 'tooLong';
  if ([...password].length < shortestPassword) return 'tooShort';
  const isOwnName = nameKey(password).replaceAll(nameKey(user), '').length < shortestPassword / 2;
  return isOwnName || isRow(password) ? 'tooSimple' : null;
}

/** A few characters repeated, or a run of the alphabet or of digits. */
function isRow(password: string): boolean {
  const codes = [...password].map((sign) => sign.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  const regular = steps.filter((step) => step === 1 || step === -1 || step === 0).length;
  return new Set(codes).size < fewestDifferent || regular >= steps.length - 1;
}
