import type { Country } from '../primitives/country.js';
import type { ExtensionNumber, GroupId, ProfileId, TrunkId } from '../primitives/ids.js';
import type { Directory, InboundNumber, InboundTarget, Trunk } from './directory.js';
import type { Feature } from './feature-codes.js';
import { featureCodes, featureDialled, givesWay, openCodes } from './feature-codes.js';
import { emergencyForms, emergencyNumber, emergencyNumbers, identityCodes, isSameNumber } from './numbering.js';
import { behindPrivateCode, privateCode } from './private-code.js';
import type { ReleaseCause } from './release-cause.js';

/** Who is calling, as authenticated by the engine. */
export type Origin =
  | { readonly kind: 'extension'; readonly number: ExtensionNumber }
  | { readonly kind: 'trunk'; readonly trunk: TrunkId };

export type Route =
  | { readonly kind: 'extension'; readonly number: ExtensionNumber }
  | { readonly kind: 'group'; readonly group: GroupId }
  | { readonly kind: 'trunk'; readonly trunks: readonly TrunkId[]; readonly number: string }
  | { readonly kind: 'emergency'; readonly trunks: readonly TrunkId[]; readonly number: string }
  | { readonly kind: 'service'; readonly profile: ProfileId }
  | { readonly kind: 'feature'; readonly feature: Feature }
  | { readonly kind: 'none'; readonly cause: ReleaseCause };

/** A route that leads to phones or a trunk. */
export type CallRoute = Exclude<Route, { kind: 'service' | 'feature' | 'none' }>;

export const isCallRoute = (route: Route): route is CallRoute =>
  route.kind !== 'service' && route.kind !== 'feature' && route.kind !== 'none';

/** Every way to dial an emergency number here: in each form, with and without a trunk's prefix, which may follow a code. */
export function emergencyNumbersAsDialled({
  country,
  trunks,
}: Pick<Directory, 'country' | 'trunks'>): readonly string[] {
  const prefixes = new Set(['', ...trunks.map(({ prefix }) => prefix)]);
  const forms = [...prefixes].flatMap((prefix) =>
    emergencyForms(country).flatMap(({ code, rest }) =>
      code === '' ? [`${prefix}${rest}`] : [`${prefix}${code}${rest}`, `${code}${prefix}${rest}`],
    ),
  );
  return [...forms, ...forms.map((form) => `${privateCode}${form}`)];
}

/**
 * Decides where a dialled number leads. Emergency numbers come first and work with and without a trunk prefix;
 * then service numbers, feature codes, extensions, groups and trunks by the longest prefix.
 */
export function route(
  directory: Directory,
  origin: Origin,
  dialled: string,
  alsoDialled: readonly string[] = [],
): Route {
  return origin.kind === 'extension'
    ? routeInside(directory, dialled)
    : routeFromTrunk(directory, origin.trunk, [dialled, ...alsoDialled]);
}

/**
 * Whether no further digit could make this a longer number: it is an emergency number, or an internal number that neither another
 * internal number nor an outside one begins with.
 */
export function isComplete(directory: Directory, dialled: string): boolean {
  if (directory.privateCalls === true && dialled === privateCode) return false;
  const behind = behindPrivateCode(dialled);
  if (behind !== undefined && privateRoute(directory, behind)) return isComplete(directory, behind);
  if (emergencyRoute(directory, dialled)) return true;
  const internal = internalNumbers(directory);
  const others = internal.filter((number) => number !== dialled);
  const goesOn = [...others, ...openCodes, ...emergencyNumbers(directory.country)];
  const isOutside = directory.trunks.some(({ prefix }) => withoutPrefix(dialled, prefix) !== undefined);
  return internal.includes(dialled) && !isOutside && !goesOn.some((number) => number.startsWith(dialled));
}

function internalNumbers({ services, extensions, groups }: Directory): readonly string[] {
  return [
    ...services.flatMap(({ from, number }) => (from.kind === 'extensions' ? [number] : [])),
    ...extensions.keys(),
    ...[...groups.values()].flatMap(({ number }) => number ?? []),
    ...featureCodes([...extensions.keys()]),
  ];
}

/** Where a number leads that somebody dials in the house. */
export function routeInside(directory: Directory, dialled: string): Route {
  const emergency = emergencyRoute(directory, dialled);
  if (emergency) return emergency;
  const behind = behindPrivateCode(dialled);
  const privately = behind === undefined ? undefined : privateRoute(directory, behind);
  if (privately) return privately;
  const service = directory.services.find((entry) => entry.from.kind === 'extensions' && entry.number === dialled);
  if (service) return { kind: 'service', profile: service.profile };
  const feature = featureDialled(dialled);
  if (feature && !givesWay(feature)) return { kind: 'feature', feature };
  const extension = [...directory.extensions.values()].find((entry) => entry.number === dialled);
  if (extension) return { kind: 'extension', number: extension.number };
  const group = [...directory.groups.values()].find((entry) => entry.number === dialled);
  if (group) return { kind: 'group', group: group.id };
  if (feature) return { kind: 'feature', feature };
  const [outside] = [dialled, ...withCodeBehindPrefix(directory, dialled)].flatMap(
    (form) => trunkRoute(directory.trunks, form) ?? [],
  );
  return outside ?? { kind: 'none', cause: 'notFound' };
}

/** Where a number leads that is dialled behind the code of private calls; undefined where there are none. Emergency numbers always do. */
function privateRoute(directory: Directory, number: string): Route | undefined {
  const emergency = emergencyRoute(directory, number);
  if (emergency || directory.privateCalls !== true) return emergency;
  const to = routeInside(directory, number);
  return isCallRoute(to) || to.kind === 'none' ? to : { kind: 'none', cause: 'notFound' };
}

/** A caller may first dial a code that shows or withholds the own number; the trunk's prefix follows it, and the trunk gets the code. */
function withCodeBehindPrefix({ country, trunks }: Directory, dialled: string): readonly string[] {
  const longestFirst = trunks.toSorted((one, other) => other.prefix.length - one.prefix.length);
  return identityCodes(country).flatMap((code) => {
    const rest = withoutPrefix(dialled, code);
    return rest === undefined
      ? []
      : longestFirst.flatMap(({ prefix }) => {
          const number = withoutPrefix(rest, prefix);
          return number === undefined || number === '' ? [] : [`${prefix}${code}${number}`];
        });
  });
}

function emergencyRoute(directory: Directory, dialled: string): Route | undefined {
  const forms = [dialled, ...withCodeBehindPrefix(directory, dialled)];
  const bare = forms.flatMap((form) => [form, ...directory.trunks.map(({ prefix }) => withoutPrefix(form, prefix))]);
  const [number] = bare.flatMap((each) => (each === undefined ? [] : (emergencyNumber(directory.country, each) ?? [])));
  return number === undefined
    ? undefined
    : { kind: 'emergency', trunks: directory.trunks.map((trunk) => trunk.id), number };
}

function trunkRoute(trunks: readonly Trunk[], dialled: string): Route | undefined {
  const reachable = trunks.filter(({ prefix }) => withoutPrefix(dialled, prefix) !== undefined);
  if (reachable.length === 0) return undefined;
  const prefix = reachable.reduce(
    (longest, trunk) => (trunk.prefix.length > longest.length ? trunk.prefix : longest),
    '',
  );
  const number = dialled.slice(prefix.length);
  if (number === '') return { kind: 'none', cause: 'incomplete' };
  return {
    kind: 'trunk',
    trunks: reachable.filter((trunk) => trunk.prefix === prefix).map((trunk) => trunk.id),
    number,
  };
}

function withoutPrefix(dialled: string, prefix: string): string | undefined {
  return dialled.startsWith(prefix) ? dialled.slice(prefix.length) : undefined;
}

function routeFromTrunk(directory: Directory, from: TrunkId, dialled: readonly string[]): Route {
  const { country } = directory;
  const service = directory.services.find(
    (entry) =>
      entry.from.kind === 'trunk' &&
      entry.from.trunk === from &&
      dialled.some((number) => isSameNumber(country, number, entry.number)),
  );
  if (service) return { kind: 'service', profile: service.profile };
  const trunk = directory.trunks.find((entry) => entry.id === from);
  if (!trunk) return { kind: 'none', cause: 'notFound' };
  return inboundRoute(calledNumber(trunk, country, dialled)?.to ?? trunk.inbound);
}

/** The number of the trunk's own that was called: one that is written like that goes before others that only may be meant. */
const calledNumber = ({ numbers }: Trunk, country: Country, dialled: readonly string[]): InboundNumber | undefined =>
  numbers.find(({ number }) => dialled.includes(number)) ??
  numbers.find(({ number }) => dialled.some((each) => isSameNumber(country, each, number)));

/** What rings when this number is called outside, because it is one of the box's own; undefined where it is none that the box knows. */
export function ownNumber({ country, trunks }: Directory, number: string): InboundTarget | undefined {
  const [own] = trunks.flatMap((trunk) => {
    const listed = calledNumber(trunk, country, [number])?.to;
    const isShown = trunk.callerId !== null && isSameNumber(country, trunk.callerId, number);
    return listed ?? (isShown ? trunk.inbound : []);
  });
  return own;
}

function inboundRoute(target: InboundTarget): Route {
  return target.kind === 'extension'
    ? { kind: 'extension', number: target.number }
    : { kind: 'group', group: target.group };
}
