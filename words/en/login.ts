/** The page on which an operator shows a key, so that Temporal's web UI may show what it stores. */

export const login = {
  title: 'What Temporal stores',
  /** @param scope as HTML */
  key: (scope: string) => `An API key of the scope ${scope}`,
  show: 'Show it in Temporal’s web UI',
  refused: 'This is no key of the scope codec.',
  done: 'For eight hours Temporal’s web UI shows in this browser what it stores. Load its page again.',
};
