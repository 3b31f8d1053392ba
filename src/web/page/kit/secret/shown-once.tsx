import { Copied } from './copied.js';

interface ShownOnceProps {
  readonly text: string;
  readonly class?: string;
}

/** A secret in a list of terms. */
export const ShownOnce = (secret: ShownOnceProps) => (
  <dd>
    <Copied {...secret} />
  </dd>
);
