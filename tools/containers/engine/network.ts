/** A network namespace for the engine: published ports meet no others, and the machine's own firewall is left alone. */
import { run } from '../commands.ts';
import { succeeds } from '../tools.ts';

export interface Network {
  readonly name: string;
  readonly subnet: string;
}

/** Where Docker takes the addresses of its own networks from. */
const CONTAINERS = '172.16.0.0/12';

/** Not `ip netns exec`, which hides the control groups that the engine needs. */
export function enterNetwork({ name }: Network): readonly string[] {
  return ['nsenter', `--net=/var/run/netns/${name}`];
}

/** A way out for the engine, and the addresses of its containers inside only. What is there already stays as it is. */
export async function openNetwork(network: Network): Promise<void> {
  const { name, subnet } = network;
  const [outside, inside] = [`${name}-out`, `${name}-in`];
  const within = async (...args: string[]) => await run('ip', ['-netns', name, ...args]);

  if (!(await succeeds('ip', ['-netns', name, 'link']))) await run('ip', ['netns', 'add', name]);
  if (!(await succeeds('ip', ['-netns', name, 'link', 'show', inside]))) {
    await succeeds('ip', ['link', 'delete', outside]); // its other end was in a namespace that is gone
    await run('ip', ['link', 'add', outside, 'type', 'veth', 'peer', inside, 'netns', name]);
  }
  await run('ip', ['address', 'replace', `${subnet}.1/30`, 'dev', outside]);
  await run('ip', ['link', 'set', outside, 'up']);
  await within('address', 'replace', `${subnet}.2/30`, 'dev', inside);
  await within('link', 'set', inside, 'up');
  await within('link', 'set', 'lo', 'up');
  await within('route', 'replace', 'default', 'via', `${subnet}.1`);
  // A call to a container that is gone must not leave by the way out.
  await within('route', 'replace', 'blackhole', CONTAINERS);

  await run('sysctl', ['-q', '-w', 'net.ipv4.ip_forward=1']);
  if (!(await succeeds('iptables', translation('-C', network)))) {
    await run('iptables', translation('-A', network));
  }
}

/** The machine goes on forwarding, which something else may have come to rely on. */
export async function closeNetwork(network: Network): Promise<void> {
  await succeeds('ip', ['netns', 'delete', network.name]); // and with it the link
  while (await succeeds('iptables', translation('-D', network)));
}

function translation(action: '-A' | '-C' | '-D', { name, subnet }: Network): string[] {
  const rule = ['-s', `${subnet}.0/30`, '!', '-o', `${name}-out`, '-j', 'MASQUERADE'];
  return ['-w', '-t', 'nat', action, 'POSTROUTING', ...rule];
}
