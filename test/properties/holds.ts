/** Checks a property with a random seed, which fast-check prints with the smallest failure. */
import * as fc from 'fast-check';

/** PROPERTY_RUNS=20 tries twenty times as many cases as a usual run of the tests. */
const TIMES = Number(process.env['PROPERTY_RUNS'] ?? 1);

/** To see one failure again: PROPERTY_SEED and PROPERTY_PATH as fast-check printed them. */
const { PROPERTY_SEED, PROPERTY_PATH } = process.env;

export async function holds<Ts extends [unknown, ...unknown[]]>(
  runs: number,
  property: fc.IAsyncProperty<Ts>,
): Promise<void> {
  await fc.assert(property, {
    numRuns: Math.ceil(runs * TIMES),
    includeErrorInReport: true,
    ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }),
    ...(PROPERTY_PATH !== undefined && { path: PROPERTY_PATH }),
  });
}
