/** For lines that may come by the thousand, since any stranger can cause them: of each one in a while, and then how many more there were. */
import type { Logger } from 'pino';

interface Facts {
  /** Why, in one of few words: lines of another reason are other lines. */
  readonly reason: string;
  /** The particulars of the first such line. */
  readonly detail?: string;
  readonly out_order_no?: string | undefined;
  readonly request_id?: string | undefined;
}

type Write = (facts: Facts, message: string) => void;

export interface SparingLog {
  readonly warn: Write;
  readonly error: Write;
}

/** The first line comes at once. `more` counts those like it that were left out in the time after it. */
export function createSparingLog(logger: Logger, everyMs = 1_000): SparingLog {
  const leftOut = new Map<string, number>();

  function sparing(level: keyof SparingLog): Write {
    return (facts, message) => {
      const line = `${message} ${facts.reason}`;
      const more = leftOut.get(line);
      if (more !== undefined) {
        leftOut.set(line, more + 1);
        return;
      }
      logger[level](facts, message);
      pause(line, (count) => logger[level]({ ...facts, more: count }, message));
    };
  }

  function pause(line: string, tell: (count: number) => void): void {
    leftOut.set(line, 0);
    const over = () => {
      const count = leftOut.get(line) ?? 0;
      leftOut.delete(line);
      if (count === 0) return;
      tell(count);
      pause(line, tell);
    };
    setTimeout(over, everyMs).unref();
  }

  return { warn: sparing('warn'), error: sparing('error') };
}
