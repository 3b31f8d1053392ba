/** An entry of the settings as somebody sent it in: whether it is one is checked later. */
export type SentEntry = Readonly<Record<string, unknown>>;

/** What an entry was before; undefined where there was none. */
type Before = SentEntry | undefined;

/** An extension with the password that it had, where none is sent, and with its PIN, which is set in another way. */
export function extensionWithSecrets(before: Before, entry: SentEntry): SentEntry {
  return { ...entry, password: entry.password ?? before?.password, pin: before?.pin ?? null };
}

/** A webhook with the key that it had, where none is sent. */
export function webhookWithSecrets(before: Before, entry: SentEntry): SentEntry {
  return { ...entry, secret: entry.secret ?? before?.secret };
}

/** A phone with the secret that it had, where none is sent. */
export function phoneWithSecrets(before: Before, entry: SentEntry): SentEntry {
  return { ...entry, secret: entry.secret ?? before?.secret ?? null };
}

/** A trunk with the password that it had, where none is sent. */
export function trunkWithSecrets(before: Before, entry: SentEntry): SentEntry {
  if (entry.kind !== 'registering') return entry;
  return { ...entry, password: entry.password ?? (before?.kind === 'registering' ? before.password : undefined) };
}
