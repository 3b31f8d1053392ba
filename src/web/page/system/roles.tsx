import type { Role } from '../../../admin/operation.js';
import { Check } from '../kit/check.js';
import { say } from '../texts.js';

/** As in the table of the box, the one with the most rights first. */
export const roles: readonly Role[] = ['admin', 'moderator', 'member', 'council', 'read'];

export const rolesText = (held: readonly Role[]): string => held.map((role) => say(`own.roleIs.${role}`)).join(', ');

/** The roles that are ticked in a form. */
export const rolesIn = (fields: Readonly<Record<string, string>>): Role[] =>
  roles.filter((role) => fields[`role.${role}`] !== undefined);

/** Which roles somebody has, with what each may do. */
export function RoleFields({ held }: { readonly held: readonly Role[] }) {
  return (
    <fieldset class="field roles">
      <legend>{say('own.roles')}</legend>
      {roles.map((role) => (
        <Check
          key={role}
          name={`role.${role}`}
          label={say(`own.roleIs.${role}`)}
          hint={say(`system.roleAbout.${role}`)}
          isChecked={held.includes(role)}
        />
      ))}
    </fieldset>
  );
}
