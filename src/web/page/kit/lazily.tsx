import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import { say } from '../texts.js';

/** A part of the page that is fetched when it is shown for the first time, and says so where that does not work. */
export function lazily<Props>(load: () => Promise<{ readonly default: ComponentType<Props> }>) {
  return lazy(() => load().catch((): { default: ComponentType<Props> } => ({ default: NotFetched })));
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
