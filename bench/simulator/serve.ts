/** The program of that process: serves from a folder or from memory, and tells its parent how large it is. */
import { startSimulator } from '../../simulator/create.ts';

const start = performance.now();
const simulator = await startSimulator({ folder: process.argv[2] });
const { url, merchant } = simulator;
process.send?.({ url, merchant, startedMs: performance.now() - start });

const disconnect = () => {
  if (process.connected) process.disconnect();
};
process.on('disconnect', () => void simulator.stop()); // told to end, or the parent is gone
process.on('message', (asked) => {
  if (asked === 'rss') process.send?.(process.memoryUsage.rss());
  else void simulator.stop().then(disconnect);
});
