import type { Country } from '../primitives/country.js';
import { leadsToEmergency } from './numbering.js';
import type { Call, Party } from './state.js';

/** Whether the call is one to the emergency services, or may be: a number behind another exchange is no emergency call to the dial plan. */
export function isEmergencyCall(country: Country, call: Call): boolean {
  if (call.route.kind === 'emergency') return true;
  const outside =
    call.kind === 'talking' ? [call.caller, call.callee].filter(isOutside) : [call.caller].filter(isOutside);
  const called = call.kind === 'ringing' ? call.branches.filter(({ to }) => to.kind === 'trunk') : [];
  return [...outside, ...called.map((branch) => branch.called)].some(({ known }) =>
    known.some((number) => leadsToEmergency(country, number)),
  );
}

const isOutside = ({ line }: Party): boolean => line.kind === 'trunk';
