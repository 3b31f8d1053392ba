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

/** A trunk with the password that it had, where none is sent, and with the key of the certificate that it had. */
export function trunkWithSecrets(before: Before, entry: SentEntry): SentEntry {
  const withKey = isGroup(entry.tls) ? { ...entry, tls: withClientKey(before?.tls, entry.tls) } : entry;
  if (entry.kind !== 'registering') return withKey;
  return { ...withKey, password: entry.password ?? (before?.kind === 'registering' ? before.password : undefined) };
}

function withClientKey(before: unknown, tls: SentEntry): SentEntry {
  const isKept = tls.clientKey === undefined && tls.certificate !== undefined && isGroup(before);
  return isKept && before.certificate === tls.certificate ? { ...tls, clientKey: before.clientKey } : tls;
}

function isGroup(value: unknown): value is SentEntry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
