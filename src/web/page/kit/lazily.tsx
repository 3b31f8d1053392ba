import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import { say } from '../texts.js';
import { Heading } from './heading.js';

type Load<Props> = () => Promise<{ readonly default: ComponentType<Props> }>;

/** A part of a place that is fetched when it is shown for the first time, and says so where that does not work. */
export const lazily = <Props,>(load: Load<Props>) => orElse(load, NotFetched);

/** A place that is. */
export const lazyPlace = <Props,>(load: Load<Props>) => orElse(load, NoPlace);

const orElse = <Props,>(load: Load<Props>, otherwise: ComponentType) =>
  lazy(() => load().catch((): { default: ComponentType<Props> } => ({ default: otherwise as ComponentType<Props> })));

function NoPlace() {
  return (
    <>
      <Heading>{say('box.placeMissing')}</Heading>
      <NotFetched />
    </>
  );
}

/** The whole page is fetched again: browsers remember a part that could not be, and a box that was updated has others. */
function NotFetched() {
  return (
    <div class="not-fetched">
      <p role="alert" class="problem">
        {say('box.notFetched')}
      </p>
      <button type="button" onClick={() => location.reload()}>
        {say('box.tryAgain')}
      </button>
    </div>
  );
}
