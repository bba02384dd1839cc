/** Which refusals somebody has read: a reason typed after them is given for these and no others. */
import { useState } from "react";
import type { AppError, Message } from "../contract";

const same = (one: Message, other: Message): boolean =>
  JSON.stringify([one.code, one.args]) === JSON.stringify([other.code, other.args]);

/** The refusals shown so far as they were told, the one shown now included. */
export const useRead = (error: AppError | null): Message[] => {
  const [read, setRead] = useState<Message[]>([]);
  if (error === null) return read;
  const { code, args } = error;
  if (read.some((one) => same(one, { code, args }))) return read;
  const more = [...read, { code, args }];
  setRead(more);
  return more;
};
