import type { Fault } from '../api/api-problem.js';
import { session } from '../api/session.js';
import { Field } from '../kit/form/field.js';
import { say } from '../texts.js';
import { isOneself, type Person, userThere } from './page-user.js';

interface PageUserFieldProps {
  readonly moderator: Person;
  readonly fault: Fault | undefined;
}

/** By what the moderator signs in to listen in the browser: their own sign-in where it is they who set up the box, else a password. */
export function PageUserField({ moderator, fault }: PageUserFieldProps) {
  const { number, name } = moderator;
  if (isOneself(moderator))
    return <p class="notice">{say('setUp.ownUser', { user: session.value?.name ?? name, extension: number })}</p>;
  return (
    <Field
      name="password"
      type="password"
      label={say('setUp.pagePassword')}
      hint={fault?.code === userThere ? undefined : say('setUp.pagePasswordHint', { name })}
      autocomplete="new-password"
      fault={fault}
    />
  );
}
