/** Faults for coming calls and notifications: planned, left to chance, called off, counted. */
import { Router } from 'express';
import type { Logger } from 'pino';
import { RandomSetting, type RandomFaults } from '../faults/random.ts';
import type { Tally } from '../faults/tally.ts';
import { PlannedNotificationFault, type NotificationFaults } from '../notifications/faults.ts';
import { PlannedFault, type Faults } from '../transport/faults.ts';
import type { WechatSigner } from '../transport/wechat-signature.ts';
import { ControlError } from './control-error.ts';

export interface FaultsRouterParts {
  readonly faults: Faults;
  readonly notificationFaults: NotificationFaults;
  readonly randomFaults: RandomFaults;
  readonly tallies: { readonly calls: Tally; readonly notifications: Tally };
  readonly signer: Pick<WechatSigner, 'headersFor'>;
  readonly logger: Logger;
}

export function faultsRouter(parts: FaultsRouterParts): Router {
  const { faults, notificationFaults, randomFaults, tallies, signer, logger } = parts;

  const told = () => ({
    faults: faults.planned.all(),
    notification_faults: notificationFaults.planned.all(),
    random: randomFaults.setting() ?? null,
    injected: { calls: tallies.calls.counts(), notifications: tallies.notifications.counts() },
    late: faults.late(),
  });

  function checkSerial(serial: string | undefined): void {
    if (serial === undefined) return;
    try {
      signer.headersFor('', serial);
    } catch {
      throw new ControlError(400, 'WeChat Pay has no key of that serial');
    }
  }

  return Router()
    .get('/', (_req, res) => {
      res.json(told());
    })
    .post('/', (req, res) => {
      faults.planned.add(PlannedFault.parse(req.body));
      res.status(201).json(told());
    })
    .post('/notifications', (req, res) => {
      const fault = PlannedNotificationFault.parse(req.body);
      checkSerial(fault.serial);
      notificationFaults.planned.add(fault);
      res.status(201).json(told());
    })
    .post('/random', (req, res) => {
      const setting = RandomSetting.parse(req.body);
      randomFaults.start(setting);
      const { seed, rate, notification_rate } = setting;
      logger.info({ seed, rate, notification_rate }, 'faults by chance');
      res.status(201).json(told());
    })
    .delete('/random', (_req, res) => {
      randomFaults.end();
      res.json(told());
    })
    .delete('/', (_req, res) => {
      faults.planned.clear();
      notificationFaults.planned.clear();
      randomFaults.end();
      res.json(told());
    });
}
