/** The programs as processes of their own, with the environment that a merchant would write. */
import { join } from 'node:path';
import { startChild } from '../../local/stack/child-process.ts';
import { ROOT } from '../../local/stack/settings.ts';
import { builtPrograms } from './build.ts';
import { CODEC_KEY_FILE } from './codec.ts';
import { eventually } from './eventually.ts';
import type { Merchant } from '../../simulator/credentials/merchant.ts';

export type Program = ReturnType<typeof startProgram>;

/** @param main from the sources */
export function startProgram(main: string, env: Record<string, string>, ...args: string[]) {
  return start(ROOT, ['--import', 'tsx/esm', main, ...args], env);
}

/** As it is deployed: from the build. @param options more of Node's own */
export async function startBuilt(
  main: string,
  env: Record<string, string>,
  ...options: string[]
): Promise<Program> {
  return startBuiltIn(await builtPrograms(), main, env, ...options);
}

/** The doctor as it is deployed, with arguments of its own: from the build it starts in a third of the time. */
export async function startDoctor(
  env: Record<string, string>,
  ...args: string[]
): Promise<Program> {
  return start(
    await builtPrograms(),
    ['--enable-source-maps', 'dist/doctor/main.js', ...args],
    env,
  );
}

/** @param folder whose `dist` is the build */
export function startBuiltIn(
  folder: string,
  main: string,
  env: Record<string, string>,
  ...options: string[]
): Program {
  return start(folder, ['--enable-source-maps', ...options, `dist/${main}`], env);
}

function start(cwd: string, args: string[], env: Record<string, string>) {
  const lines: string[] = [];
  const child = startChild({
    name: args.join(' '),
    command: process.execPath,
    args,
    cwd,
    env,
    graceMs: 60_000,
    onLine: (line) => lines.push(line),
  });
  const exitCode = async () => (await child.exited).code;
  return {
    pid: child.pid,
    lines,
    kill: (signal: NodeJS.Signals) => process.kill(child.pid, signal),
    saw: (what: RegExp, ms = 90_000) =>
      eventually(String(what), async () => lines.find((line) => what.test(line)), ms),
    exitCode,
    /** SIGTERM, and what came of it. */
    async end() {
      await child.stop();
      return await exitCode();
    },
  };
}

/** What both programs need of a simulator that keeps its files in this folder. */
export function wechatpayVariables(merchant: Merchant, folder: string): Record<string, string> {
  return {
    WECHATPAY_MCHID: merchant.mchid,
    WECHATPAY_APPID: merchant.appid,
    WECHATPAY_SERVICE_ID: merchant.service_id,
    WECHATPAY_SERIAL_NO: merchant.serial_no,
    WECHATPAY_PUBLIC_KEY_ID: merchant.public_key_id,
    WECHATPAY_PUBLIC_KEY_FILE: join(folder, 'pub_key.pem'),
    WECHATPAY_PRIVATE_KEY_FILE: join(folder, 'apiclient_key.pem'),
    WECHATPAY_APIV3_KEY_FILE: join(folder, 'apiv3_key.txt'),
    WECHATPAY_APIV2_KEY_FILE: join(folder, 'apiv2_key.txt'),
    WECHATPAY_BASE_URL: merchant.base_url,
    WECHATPAY_SIMULATOR: 'true',
    CODEC_KEY_FILES: CODEC_KEY_FILE,
    // Any: who asks for it chooses one.
    API_METRICS_PORT: '0',
    WECHATPAY_NOTIFY_URL: 'http://127.0.0.1:1/wechatpay/notifications',
  };
}
