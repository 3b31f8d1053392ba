import { type Role, roles } from '../../../primitives/roles.js';
import type { Fault } from '../api/api-problem.js';
import { faultText } from '../kit/fault-text.js';
import { Check } from '../kit/form/check.js';
import { say } from '../texts.js';

export const rolesText = (held: readonly Role[]): string => held.map((role) => say(`own.roleIs.${role}`)).join(', ');

/** The roles that are ticked in a form. */
export const rolesIn = (data: FormData): Role[] => roles.filter((role) => data.has(`roles.${role}`));

/** Which roles somebody has, with what each may do. */
export function RoleFields({ held, fault }: { readonly held: readonly Role[]; readonly fault: Fault | undefined }) {
  return (
    <fieldset class="field roles">
      <legend>{say('own.roles')}</legend>
      {fault && <p class="fault">{faultText(fault)}</p>}
      {roles.map((role) => (
        <Check
          key={role}
          name={`roles.${role}`}
          label={say(`own.roleIs.${role}`)}
          hint={say(`system.roleAbout.${role}`)}
          isChecked={held.includes(role)}
        />
      ))}
    </fieldset>
  );
}
