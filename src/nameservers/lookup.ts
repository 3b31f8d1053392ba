import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';

/** Finds the addresses behind a name: one at least. */
export type Finder = (name: string) => Promise<readonly string[]>;

/**
 * Asks the nameservers, each time anew, without the few threads that files are written with.
 * @param servers other than those of the system.
 * @throws ENOTFOUND, EAI_AGAIN
 */
export function atNameservers(timeoutMs: number, servers?: readonly string[]): Finder {
  return async (name) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
    if (servers) resolver.setServers(servers);
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length === 0) throw noneOf(name, answers);
    return found;
  };
}

/** As the system's own look-up says it: a name that nobody has, or no answer for now. */
function noneOf(name: string, answers: readonly PromiseSettledResult<unknown>[]): Error {
  const isAnswered = answers.every((answer) => answer.status === 'rejected' && saysNone.has(answer.reason.code));
  const code = isAnswered ? 'ENOTFOUND' : 'EAI_AGAIN';
  return Object.assign(new Error(`no address of ${name} was found`), { code });
}

const saysNone: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

/** How a connection of Node's looks up where it leads. */
export function lookupBy(find: Finder): LookupFunction {
  return (name, { all }, callback) => {
    find(name).then(
      (found) => {
        const addresses = found.map((address) => ({ address, family: isIP(address) }));
        const [first] = addresses;
        if (all) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}
