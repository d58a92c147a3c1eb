/** Ends this process when the one that started it has ended, however that was. */
const parent = process.ppid;
const LOOK_MS = 1_000;

setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, LOOK_MS).unref();
