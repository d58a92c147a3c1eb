/** What stands in the way on this machine. Its message tells the reader what to do, and is all that is shown. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
