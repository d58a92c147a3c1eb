/** What is to happen after some real time, unless the simulator ends before. */

export interface Delays {
  after(seconds: number, task: () => void): void;
  stop(): void;
}

export function createDelays(): Delays {
  const timers = new Set<NodeJS.Timeout>();
  return {
    after(seconds, task) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        task();
      }, seconds * 1000);
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
