/** Makes of telephones, adapters and apps whose configuration the box can make. */
export const phoneModels = ['yealink', 'snom', 'grandstream', 'grandstream-ht', 'cisco-ata', 'linphone'] as const;
export type PhoneModel = (typeof phoneModels)[number];

/** What the box has to know of a make before it can configure one. */
export interface ModelFacts {
  /** How many extensions the largest of the make can be. */
  readonly lines: number;
  /** Whether it has keys that dial or watch an extension. */
  readonly hasButtons: boolean;
  /** Whether analog telephones are connected to it, which can call a number by being lifted. */
  readonly isAdapter: boolean;
  /** Whether it is a device with a MAC address, or an app. */
  readonly hasMac: boolean;
}

const telephone = { hasButtons: true, isAdapter: false, hasMac: true };
const adapter = { lines: 2, hasButtons: false, isAdapter: true, hasMac: true };

export const modelFacts: Readonly<Record<PhoneModel, ModelFacts>> = {
  yealink: { ...telephone, lines: 16 },
  snom: { ...telephone, lines: 12 },
  grandstream: { ...telephone, lines: 6 },
  'grandstream-ht': adapter,
  'cisco-ata': adapter,
  linphone: { lines: 4, hasButtons: false, isAdapter: false, hasMac: false },
};
