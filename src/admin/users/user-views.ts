import type { Language } from '../../primitives/language.js';
import type { Role } from '../../primitives/roles.js';
import type { Token, User } from '../../store/users/users-schema.js';

/** A user as shown to everyone who may see users at all. */
export interface UserView {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly extension: string | null;
  readonly language: Language;
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
}

/** A token as shown to everyone who may see tokens: its text is shown only once, when it is made. */
export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly roles: readonly Role[];
  readonly created: string;
  readonly expires: string | null;
  readonly lastUsedDay: string | null;
}

export const userView = ({ name, roles, extension, language, password, secondFactor }: User): UserView => ({
  name,
  roles,
  extension,
  language,
  hasPassword: password !== null,
  hasSecondFactor: secondFactor !== null,
});

export const tokenView = ({ id, name, owner, roles, created, expires, lastUsedDay }: Token): TokenView => ({
  id,
  name,
  owner,
  roles,
  created,
  expires,
  lastUsedDay,
});
