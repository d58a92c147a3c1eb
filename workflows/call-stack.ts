/**
 * The SDK notes for each promise where it was made, for the web UI's Call Stack, and that is a quarter of what a workflow costs
 * its worker: four places instead of ten name who waits, and cost half of that. Failures carry as many. Loaded before any run
 * begins, because the sandbox freezes what it shares.
 */
Error.stackTraceLimit = 4;
