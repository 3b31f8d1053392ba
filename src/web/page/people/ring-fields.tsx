import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Fault } from '../api/api-problem.js';
import { Field } from '../kit/form/field.js';
import { Select } from '../kit/form/select.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import { say } from '../texts.js';
import type { Group } from './people-data.js';

/** The fields that show what is wrong with them. */
export const ringFields: readonly string[] = ['strategy', 'memberSeconds', 'overflow'];

const strategies = ['all', 'inTurn', 'longestIdle'] as const;

interface RingFieldsProps {
  /** Null for a new one. */
  readonly group: Group | null;
  readonly faultAt: (field: string) => Fault | undefined;
  /** Lets the order of the members be changed, shown where they ring in it. */
  readonly order: ComponentChildren;
}

/** Who of a group rings when, and what becomes of a call that nobody answers. */
export function RingFields({ group, faultAt, order }: RingFieldsProps) {
  const strategy = useSignal<string>(group?.strategy ?? 'all');
  return (
    <>
      <Select
        name="strategy"
        label={say('people.strategy')}
        value={strategy.value}
        choices={strategies.map((each) => [each, say(`people.strategyIs.${each}`)])}
        onChange={(chosen) => {
          strategy.value = chosen;
        }}
        fault={faultAt('strategy')}
      />
      {strategy.value === 'inTurn' && order}
      {strategy.value !== 'all' && (
        <Field
          name="memberSeconds"
          type="digits"
          label={say('people.memberSeconds')}
          value={group?.memberSeconds ?? 20}
          maxLength={3}
          fault={faultAt('memberSeconds')}
        />
      )}
      <Field
        name="overflow.number"
        label={say('people.overflow')}
        hint={say('people.overflowHint')}
        value={group?.overflow?.number ?? ''}
        maxLength={33}
        fault={faultAt('overflow.number')}
      />
      <Field
        name="overflow.seconds"
        type="digits"
        label={say('people.overflowSeconds')}
        hint={say('people.overflowSecondsHint')}
        value={group?.overflow?.seconds ?? 30}
        maxLength={3}
        fault={faultAt('overflow.seconds')}
      />
    </>
  );
}

export function readRinging(data: FormData, before: Group | null) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const number = text('overflow.number');
  return {
    strategy: strategies.find((each) => each === text('strategy')) ?? 'all',
    memberSeconds: data.has('memberSeconds') ? wholeNumber(text('memberSeconds')) : (before?.memberSeconds ?? 20),
    overflow: number === '' ? null : { number, seconds: wholeNumber(text('overflow.seconds')) },
  };
}
