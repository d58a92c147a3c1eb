/** .env.example is where one learns what can be set: it names what docker-compose.yml reads, and nothing else. */
import type { ComposeFile } from './file.ts';

/** Compose itself reads it. */
const OF_COMPOSE = ['COMPOSE_PROFILES', 'COMPOSE_FILE'];

export function exampleFaults(text: string, file: ComposeFile, example: string): string[] {
  const read = new Set([...interpolatedIn(text), ...passedOnIn(file)]);
  const named = new Set(
    [...example.matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name),
  );
  return [
    ...[...read]
      .filter((name) => !named.has(name))
      .map((name) => `.env.example does not name ${name}, which docker-compose.yml reads`),
    ...[...named]
      .filter((name) => !read.has(name) && !OF_COMPOSE.includes(name))
      .map((name) => `docker-compose.yml does not read ${name}, which .env.example names`),
  ];
}

/** `${NAME…}`, but not `$${NAME}`, which a container's shell reads. */
function interpolatedIn(text: string): string[] {
  return [...text.matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);
}

/** A variable without a value has the one of .env. */
function passedOnIn({ services }: ComposeFile): string[] {
  return Object.values(services).flatMap(({ environment = {} }) =>
    Object.keys(environment).filter((name) => environment[name] === null),
  );
}
