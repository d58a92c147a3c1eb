/** The program `doctor`: finds out what can be known before the first order, says what is right, what is not and what to do, and changes nothing. */
import { doctorConfig } from '../config/doctor.ts';
import { runProgram } from '../process/run.ts';
import { examine } from './examine.ts';
import { isRight, jsonOf, textOf } from './report.ts';

await runProgram(async () => {
  const findings = await examine(doctorConfig(process.env));
  const report = process.argv.includes('--json') ? jsonOf(findings) : textOf(findings);
  // What still waits for an answer is not waited for.
  process.stdout.write(report, () => process.exit(isRight(findings) ? 0 : 1));
});
