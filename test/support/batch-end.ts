/** A process that runs a batch of tests ends: with the one that started it, however that was, when it is told to, and when its tests are over. */
const parent = process.ppid;
const LOOK_MS = 1_000;
/** Longer than any hook that stops something. */
const LEFT_BEHIND_MS = Number(process.env.LEFT_BEHIND_MS ?? 60_000);

setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, LOOK_MS).unref();
// The SDK listens too, and would stop its workers and stay.
process.on('SIGTERM', () => process.exit(1));

/** To be called behind the last test. What fails may leave programs behind, which would keep the process for ever. */
export function endSoon(): void {
  const tooLate = () => {
    console.error(
      `Something goes on ${LEFT_BEHIND_MS / 1_000} s after the last test: a program, or a connection.`,
    );
    process.exit(1);
  };
  setTimeout(tooLate, LEFT_BEHIND_MS).unref();
}
