/** With what a front end opens a page of WeChat's own; each entry is passed on as it is. */
import { z } from 'zod';
import type { Answer } from './answer.ts';
import type { JumpParameters } from '../wechatpay/jump-parameters.ts';

const businessType = z.string().meta({
  description: 'Which page: `wxpayScoreEnable` (authorization), `wxpayScoreDetail` (the order).',
});

const query = z.string().meta({ description: 'What the page is opened with, percent-encoded.' });

export const Jump = z
  .object({
    mini_program: z
      .object({
        businessType,
        extraData: z
          .record(z.string(), z.string())
          .meta({ description: 'What the page is opened with.' }),
      })
      .meta({ description: 'For `wx.openBusinessView` of a mini program.' }),
    h5: z
      .object({ businessType, queryString: query })
      .meta({ description: 'For `wx.invoke("openBusinessView", …)` of the JSSDK, within WeChat.' }),
    app: z
      .object({
        businessType,
        query,
        extInfo: z.string().meta({ description: 'JSON, of the OpenSDK.' }),
      })
      .meta({ description: 'For a `WXOpenBusinessView` request of the OpenSDK.' }),
  })
  .meta({ id: 'Jump', description: 'With what a front end opens the page: pass it on as it is.' });

/** @param jump as it is made */
export function presentedJump(jump: JumpParameters): Answer<typeof Jump> {
  return jump;
}
