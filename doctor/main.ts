/** The program `doctor`: finds out what can be known before the first order, says what is right, what is not and what to do. Nothing changes at WeChat Pay or in Temporal. */
import { doctorConfig } from '../config/doctor.ts';
import { runProgram } from '../process/run.ts';
import { examine } from './examine.ts';
import { wordsFor } from './examination.ts';
import { isRight, jsonOf, textOf } from './report.ts';

await runProgram(async () => {
  const config = doctorConfig(process.env);
  const words = wordsFor(config);
  const findings = await examine({ config, words, now: () => new Date() });
  const report = process.argv.includes('--json') ? jsonOf(findings) : textOf(findings, words);
  // What still waits for an answer is not waited for.
  process.stdout.write(report, () => process.exit(isRight(findings) ? 0 : 1));
});
