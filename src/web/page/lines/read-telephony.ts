export const countries = ['de', 'us', 'gb'] as const;

/** What the form says; the rest of the settings stays as it is. */
export function readTelephony(data: FormData) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const publicAddress = text('sip.publicAddress');
  return {
    country: countries.find((country) => country === text('country')) ?? 'de',
    ringSeconds: Number(text('ringSeconds')),
    sip: {
      address: text('sip.address'),
      port: Number(text('sip.port')),
      realm: text('sip.realm'),
      ...(publicAddress === '' ? {} : { publicAddress }),
    },
  };
}
