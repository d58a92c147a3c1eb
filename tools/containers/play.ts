/**
 * A command, `npm run containers`: docker-compose.yml as committed, in real containers, played as docs/production.md has it
 * and broken everywhere. With names of scenes it plays those alone, in what an earlier run has left.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './commands.ts';
import { openEngine, type Engine } from './engine.ts';
import { checkOut, ELSEWHERE, PROJECT } from './house.ts';
import { provideImages } from './images.ts';
import { composeFileIn } from '../compose/file.ts';
import { imagesOf } from '../compose/pins.ts';

const FOLDER = join(tmpdir(), 'payscore-containers/checkout');
const scenes = process.argv.slice(2);

const engine = await openEngine(process.env);
try {
  if (scenes.length === 0 || scenes.includes('install')) {
    // A run that was killed has left its own, with another password.
    await forget(engine);
    await checkOut(FOLDER);
  }
  await provideImages(engine, await wanted(), say);
  process.exitCode = await play(engine);
  if (scenes.length === 0) await forget(engine);
} finally {
  await engine.end();
}

/** Inside the engine's network, where the published ports are. */
async function play({ enter, environment: env, crash, isOurs }: Engine): Promise<number> {
  const inside = fileURLToPath(new URL('inside.ts', import.meta.url));
  const node = [process.execPath, '--import', 'tsx/esm', inside, FOLDER, ...scenes];
  const [command = '', ...args] = [...enter, ...node];
  const child = spawn(command, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('message', () => {
    void (isOurs ? crash() : Promise.resolve()).then(() => child.send({ isCrashed: isOurs }));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill());
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** By their names alone: of what, is in no file any more. */
async function forget({ environment: env }: Engine): Promise<void> {
  for (const project of [PROJECT, ELSEWHERE]) {
    const down = ['compose', '--project-name', project, 'down', '--volumes', '--remove-orphans'];
    await run('docker', down, { env, cwd: tmpdir() });
  }
}

async function wanted(): Promise<string[]> {
  const read = (name: string) => readFile(join(FOLDER, name), 'utf8');
  return imagesOf(composeFileIn(await read('docker-compose.yml')), await read('Dockerfile'));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
