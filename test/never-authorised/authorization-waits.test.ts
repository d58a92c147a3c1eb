/** The same with WeChat Pay’s other answer for a user who has never authorised: 200 UNAVAILABLE, as the guide has it. */
process.env['WECHAT_POLICIES'] = '{"never_authorised":"UNAVAILABLE"}';
await import('../workflows/service-order/authorization-waits.test.ts');
