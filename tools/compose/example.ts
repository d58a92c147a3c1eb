/** .env.example is where one learns what can be set: it names what the compose files read, and nothing else. */
import { composeFileIn } from './file.ts';

/** Compose itself reads it. */
const OF_COMPOSE = ['COMPOSE_PROFILES', 'COMPOSE_FILE'];

/** @param texts of the compose files */
export function exampleFaults(texts: readonly string[], example: string): string[] {
  const read = new Set(texts.flatMap((text) => [...interpolatedIn(text), ...passedOnIn(text)]));
  const named = new Set(
    [...example.matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name),
  );
  return [
    ...[...read]
      .filter((name) => !named.has(name))
      .map((name) => `.env.example does not name ${name}, which a compose file reads`),
    ...[...named]
      .filter((name) => !read.has(name) && !OF_COMPOSE.includes(name))
      .map((name) => `no compose file reads ${name}, which .env.example names`),
  ];
}

/** `${NAME…}`, but not `$${NAME}`, which a container's shell reads. */
function interpolatedIn(text: string): string[] {
  return [...text.matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);
}

/** A variable without a value has the one of .env. */
function passedOnIn(text: string): string[] {
  return Object.values(composeFileIn(text).services).flatMap(({ environment = {} }) =>
    Object.keys(environment).filter((name) => environment[name] === null),
  );
}
