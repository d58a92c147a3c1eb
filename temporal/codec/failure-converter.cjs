/** Failures whose messages and stack traces are payloads, and so encrypted. CommonJS, since the SDK loads it by `require`. */
'use strict';
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
