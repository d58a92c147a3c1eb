/** Our clock against the others'. In whole seconds; negative where ours is behind. */

const apart = (ahead: number) => `${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'}`;

export const clocks = {
  ofWechatpay: {
    agree: 'The clock of this machine and WeChat Pay’s agree.',
    apart: (ahead: number) => ({
      sentence: `The clock of this machine is ${apart(ahead)} WeChat Pay’s.`,
      do: 'Set the clock of this machine, and keep it by NTP.',
    }),
    noTime: { sentence: 'The answer tells no time.', do: 'Look who answers there.' },
    tooFarApart: {
      sentence: 'The clocks are too far apart for any signature to be taken.',
      do: 'See wechatpay-clock.',
    },
  },
  ofTemporal: {
    agree: 'Nothing proves the clock of this machine and Temporal’s to be apart.',
    apart: (ahead: number) => ({
      sentence: `The clock of this machine is at least ${apart(ahead)} Temporal’s.`,
      do: 'Set the clocks of both machines, and keep them by NTP.',
    }),
    noWorker: { sentence: 'Temporal tells its time by workers alone.', do: 'See task-queue.' },
  },
};
