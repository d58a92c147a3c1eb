/** What the web UI calls runs, activities and timers. */

export const summaries = {
  day: (bill_date: string) => `the bill of ${bill_date}`,
  daily: 'the reconciliations of the days before, and the sweep',
  sweep: 'orders in service for long',
  adopted: 'adopted',
  refunds: (transaction_id: string, out_order_no: string) =>
    `Refunds of ${transaction_id}, order ${out_order_no}`,
  events: (lane: string) => `Events of ${lane}`,
  inquiry: (out_order_no: string) =>
    `WeChat Pay says something else of ${out_order_no}, which has ended`,
  certificates: 'The API asks which certificates WeChat Pay signs with',
  authorization: 'Business code asks about a user’s authorization',
  authorizationPreparation: 'Business code leads a user to the authorization',
  authorizationTermination: 'Business code ends a user’s authorization',
  detailLink: 'Business code leads a user to the page of an order',

  activities: {
    openNotification: 'opens a notification of WeChat Pay',
    untilSettled: (call: string) => `${call}, until it is settled`,
    untilAuthorised: (call: string) => `${call}, until the user has authorised`,
    untilOtherwise: (call: string) => `${call}, until it stands otherwise`,
    signDetailLink: 'the signed link to the order page',
    earlierRun: 'what the run knew that was reset',
    inquire: (call: string) => `${call}, and whether the order that has ended knows of it`,
    reconcile: (call: string) => `${call}, and the comparison with our orders`,
    sweep: 'refreshes the orders that have been in service for long',
    publish: 'hands events for business code over to their lane',
    deliver: 'POST EVENTS_URL, until business code has taken it',
  },

  timers: {
    askAgain: 'before WeChat Pay is asked again',
    askForPayment: 'before WeChat Pay is asked for the payment',
    askForRefund: 'before WeChat Pay is asked for the refund',
    sendAgain: 'before the same request is sent again',
    refundAgain: 'before the same refund is sent again',
    cancelAgain: 'before the cancellation is sent again',
    arrived: 'until no earlier attempt can arrive any more',
    correctionArrived: 'until no earlier correction can arrive any more',
    creationArrived: 'until no earlier creation can arrive any more',
    charging: 'WeChat Pay is charging: the same again in 3 minutes',
    unresolved: 'until it has been unresolved for long',
    ended: 'until end_time has passed',
    firstLook: 'until WeChat Pay is asked whether it has charged',
    somebodyBack: 'until somebody comes back, or the time for that is over',
    authorizationOver: 'until the time for the authorization is over',
    nextBill: (bill_date: string) => `until the bill of ${bill_date} is there`,
    afterRefund: 'until a minute after the refund before',
  },
};
