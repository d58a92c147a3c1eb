/** The images that the stack needs: those of the engine, those of a registry, or else stand-ins made from packages. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './commands.ts';
import { recipeOf, type Recipe } from './images/recipes.ts';
import { requireTools } from './tools.ts';

/** Packages of Debian, by what of them stand-ins are made with. */
const TOOLS = { debootstrap: 'debootstrap', go: 'golang-1.26', npm: 'npm', pip3: 'python3-pip' };

interface Docker {
  readonly environment: NodeJS.ProcessEnv;
}

/** Carries the hash of the recipe, so that a stand-in is made anew when its recipe has changed. */
export const STAND_IN_LABEL = 'payscore-orders.stand-in';

export async function provideImages(
  { environment }: Docker,
  wanted: readonly string[],
  say: (line: string) => void = () => undefined,
): Promise<void> {
  let registry: 'unknown' | 'unreachable' = 'unknown';

  async function provide(image: string): Promise<void> {
    const recipe = await recipeOf(image);
    const present = await inspect(image);
    if (present !== undefined && isCurrent(present, recipe)) return;
    if (recipe?.isOurs !== true && registry === 'unknown') {
      if (await pull(image)) return;
      registry = 'unreachable';
    }
    if (recipe === undefined) {
      throw new Error(`${image} cannot be pulled, and no recipe makes a stand-in for it`);
    }
    await requireTools(TOOLS, environment);
    for (const base of recipe.bases) await provide(base);
    say(`Making a stand-in for ${image} …`);
    await build(image, recipe);
  }

  /** The engine gives an unreachable registry up by itself, after 15 s. @returns whether it is there now; throws where a registry answers that there is no such image */
  async function pull(image: string): Promise<boolean> {
    say(`Pulling ${image} …`);
    try {
      await docker('pull', '--quiet', image);
      return true;
    } catch (error) {
      const { message } = error as Error;
      if (message.includes('manifest unknown')) throw error;
      say(`No registry of images: ${message.trim().split('\n').at(-1) ?? ''}`);
      return false;
    }
  }

  async function build(image: string, recipe: Recipe): Promise<void> {
    const context = await mkdtemp(join(tmpdir(), 'payscore-image-'));
    try {
      await recipe.fill(context);
      const args = Object.entries(recipe.args).flatMap(([name, value]) => [
        '--build-arg',
        `${name}=${value}`,
      ]);
      const label = `${STAND_IN_LABEL}=${recipe.hash}`;
      await docker('build', ...args, '--label', label, '--tag', image, context);
    } finally {
      await rm(context, { recursive: true, force: true });
    }
  }

  async function inspect(image: string): Promise<Present | undefined> {
    const format = '{{json .Config.Labels}}';
    try {
      const labels = JSON.parse(
        await docker('image', 'inspect', '--format', format, image),
      ) as Present['labels'];
      return { labels };
    } catch (error) {
      if (/no such image/i.test((error as Error).message)) return undefined;
      throw error;
    }
  }

  async function docker(...args: string[]): Promise<string> {
    return await run('docker', args, { env: environment });
  }

  for (const image of wanted) await provide(image);
}

interface Present {
  readonly labels: Readonly<Record<string, string>> | null;
}

/** What carries no label of ours is the real thing. */
function isCurrent({ labels }: Present, recipe: Recipe | undefined): boolean {
  const hash = labels?.[STAND_IN_LABEL];
  return hash === undefined || hash === recipe?.hash;
}
