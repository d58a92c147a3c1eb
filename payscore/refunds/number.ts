/** `out_refund_no` (申请退款): the workflow checks what a person sends by hand, where zod is not. */
export const OUT_REFUND_NO = /^[\w|@-]{1,64}$/;
