import type { Country } from '../primitives/country.js';
import type { NumberingPlan } from './numbering-plans.js';
import { numberingPlans } from './numbering-plans.js';

/** Shortest tail of digits by which a number is taken for another one whatever stands before it. */
const comparableDigits = 6;

/** Longest number without an area code that begins with the digits of the country code by chance; a longer one is international without its plus. */
const longestLocal = 8;

/** Whether the number is dialled like this to get emergency services; null where it is none, else the bare number. */
export function emergencyNumber(country: Country, dialled: string): string | null {
  return (
    numberingPlans[country].emergency.find((number) =>
      formsDialled(country, number).some(({ code, rest }) => code + rest === dialled),
    ) ?? null
  );
}

/** How a short number is written: a code for the own number, if any, and the rest. */
interface WrittenForm {
  readonly code: string;
  readonly rest: string;
}

/**
 * The forms in which phones and people write a short number: after a code for the own number, as an international one (RFC 3966 has
 * phones add the country), and with a `#` that ends it.
 */
function formsDialled(country: Country, number: string): readonly WrittenForm[] {
  const { countryCode } = numberingPlans[country];
  const plain = ['', '+', `+${countryCode}`].map((start) => ({ code: '', rest: `${start}${number}` }));
  const coded = identityCodes(country).map((code) => ({ code, rest: number }));
  return [...plain, ...coded].flatMap(({ code, rest }) => [rest, `${rest}#`].map((end) => ({ code, rest: end })));
}

/** What is dialled first to say whether the own number is shown. */
export const identityCodes = (country: Country): readonly string[] => numberingPlans[country].identityCodes;

/** Every form in which an emergency number is dialled here. */
export const emergencyForms = (country: Country): readonly WrittenForm[] =>
  numberingPlans[country].emergency.flatMap((number) => formsDialled(country, number));

/** Whether the number leads to emergency services, perhaps only behind another exchange, which takes the first digits for its own. */
export function leadsToEmergency(country: Country, number: string): boolean {
  const plan = numberingPlans[country];
  return [...formsOf(plan, number)].some((form) => plan.emergency.includes(form));
}

/** Numbers that always go out, whatever else is configured. */
export const isEmergencyNumber = (country: Country, number: string): boolean =>
  emergencyNumber(country, number) !== null;

/** All emergency numbers of the country. */
export const emergencyNumbers = (country: Country): readonly string[] => numberingPlans[country].emergency;

/** Whether two numbers are one, each written in the national, the international or its own form. */
export function isSameNumber(country: Country, one: string, other: string): boolean {
  const plan = { ...numberingPlans[country], callPrefixes: [] };
  if (one === '' || other === '') return false;
  if (one === other) return true;
  const forms = formsOf(plan, other);
  return [...formsOf(plan, one)].some((form) => form.length >= comparableDigits && forms.has(form));
}

/**
 * Whether the text is a number that can be known by its digits: codes of the network can stand for any number, and so can digits in a
 * country that nobody has named.
 */
export function isKnowable(country: Country, number: string): boolean {
  if (country === 'unknown') return false;
  const bare = numberingPlans[country].callPrefixes.reduce((rest, prefix) => rest.replace(prefix, ''), number);
  return /\d/.test(bare) && !/[*#]/.test(bare);
}

/**
 * Whether the number is, or leads to, the excluded one, in whichever form either is written: with prefixes before it and digits after
 * it that the network ignores or takes for an extension, and without its area code.
 */
export function reaches(country: Country, number: string, excluded: string): boolean {
  const plan = numberingPlans[country];
  const target = ownForm(plan, excluded);
  if (target === '') return false;
  return (
    [...formsOf(plan, number)].some((form) => isOneOf(form, target)) ||
    localFormsOf(plan, number).some((form) => beginsWithTailOf(target, plan.shortestLocal, form))
  );
}

function isOneOf(form: string, target: string): boolean {
  if (form === target) return true;
  if (target.length >= comparableDigits && form.includes(target)) return true;
  return beginsWithTailOf(target, comparableDigits, form);
}

/** Whether the form is the end of the target, at least `shortest` digits of it, perhaps with more digits after it. */
function beginsWithTailOf(target: string, shortest: number, form: string): boolean {
  const count = Math.max(0, target.length - shortest + 1);
  return Array.from({ length: count }, (_, start) => target.slice(start)).some((tail) => form.startsWith(tail));
}

/** The number as it is dialled in its own area, without what goes before it for one call; none where it has an area or country code. */
function localFormsOf(plan: NumberingPlan, number: string): readonly string[] {
  const bare = plan.callPrefixes.map((prefix) => number.replace(prefix, ''));
  return [number, ...bare].filter((form) => isLocal(plan, form));
}

function isLocal({ countryCode, internationalPrefix, nationalPrefix }: NumberingPlan, form: string): boolean {
  if (['+', internationalPrefix, nationalPrefix].some((start) => form.startsWith(start))) return false;
  return !(form.startsWith(countryCode) && form.length > longestLocal);
}

/** The digits that stand for a number of the own country, else those of its international form. */
function ownForm({ countryCode, internationalPrefix, nationalPrefix }: NumberingPlan, number: string): string {
  const isInternational = number.startsWith('+') || number.startsWith(internationalPrefix);
  const digits = withoutStart(number.replace(/\D/g, ''), number.startsWith('+') ? '' : internationalPrefix);
  const national = isInternational ? withoutStart(digits, countryCode) : digits;
  const isForeign = isInternational && national === digits;
  return (isForeign ? digits : withoutStart(national, nationalPrefix)).replace(/^0+/, '');
}

/** All that may be meant by a number: as it stands, and without each of the prefixes that it may begin with. */
function formsOf(plan: NumberingPlan, number: string): ReadonlySet<string> {
  const forms = new Set([number]);
  for (const form of forms) for (const shorter of peeled(plan, form)) forms.add(shorter);
  return new Set([...forms].map((form) => form.replace(/\D/g, '')).filter((form) => form !== ''));
}

function peeled(plan: NumberingPlan, form: string): readonly string[] {
  const { countryCode, internationalPrefix, nationalPrefix, callPrefixes } = plan;
  return [
    ...callPrefixes.map((prefix) => form.replace(prefix, '')),
    ...['+', internationalPrefix, countryCode, nationalPrefix, '0'].map((start) => withoutStart(form, start)),
  ];
}

const withoutStart = (text: string, start: string): string =>
  text.startsWith(start) ? text.slice(start.length) : text;
