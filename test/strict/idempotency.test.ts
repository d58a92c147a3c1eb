/** The same where WeChat Pay takes the narrow side of all that its documents leave open. */
process.env['WECHAT_PRESET'] = 'strict';
await import('../workflows/service-order/idempotency.test.ts');
