/** Runs a program: whatever ends it before it began is told in a sentence, not in a stack. */
import { ConfigError } from '../config/programs.ts';

export async function runProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === undefined) throw error;
    process.stderr.write(`${sentence}\n`);
    // Temporal's runtime holds on to a worker that could not begin.
    process.exit(1);
  }
}

function sentenceOf(error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.message;
  const { code, syscall, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  if (syscall !== 'listen') return undefined;
  return `Cannot listen on ${address}:${port} (${code}); set the variable of another port or host.`;
}
