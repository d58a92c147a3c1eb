/** Notifications made with WeChat Pay's own keys, so that each of their parts can be made wrong. */
import { createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCredentials } from './credentials.ts';
import { writeCredentials } from '../../simulator/credentials/folder.ts';
import { answerMessage } from '../../wechatpay/message.ts';
import { encryptResource } from '../../wechatpay/resource.ts';
import { sign } from '../../wechatpay/signature.ts';

export interface Forgery {
  readonly resource: unknown;
  readonly event_type?: string;
  readonly apiV3Key?: string;
  /** Seconds from now. */
  readonly age?: number;
  readonly serial?: string;
  /** PEM; WeChat Pay's own unless given. */
  readonly signingKey?: string;
  /** Instead of the envelope. */
  readonly body?: string;
}

export type SimulatorFolder = Awaited<ReturnType<typeof simulatorFolder>>;

/** A folder for a simulator, whose private keys are then within reach. */
export async function simulatorFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-simulator-'));
  await writeCredentials(folder, await testCredentials(), { base_url: '' });
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
    async notification(forgery: Forgery) {
      const { resource, event_type = 'PAYSCORE.USER_PAID', age = 0 } = forgery;
      const { public_key_id } = JSON.parse(await read('merchant.json')) as Record<string, string>;
      const key = Buffer.from(forgery.apiV3Key ?? (await read('apiv3_key.txt')).trim());
      const body =
        forgery.body ??
        JSON.stringify({
          id: randomUUID(),
          create_time: new Date().toISOString(),
          event_type,
          resource_type: 'encrypt-resource',
          summary: '支付成功',
          resource: {
            original_type: 'payscore',
            ...encryptResource(
              {
                text: JSON.stringify(resource),
                nonce: randomUUID().slice(0, 12),
                associated_data: 'payscore',
              },
              key,
            ),
          },
        });
      const timestamp = String(Math.floor(Date.now() / 1000) - age);
      const nonce = randomUUID().replaceAll('-', '');
      const pem = forgery.signingKey ?? (await read('wechat/public_key_key.pem'));
      const message = answerMessage({ timestamp, nonce, body: Buffer.from(body) });
      return {
        body,
        headers: {
          'content-type': 'application/json',
          'wechatpay-timestamp': timestamp,
          'wechatpay-nonce': nonce,
          'wechatpay-signature': sign(message, createPrivateKey(pem)),
          'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
          'wechatpay-serial': forgery.serial ?? public_key_id ?? '',
        } as Record<string, string>,
      };
    },
  };
}
