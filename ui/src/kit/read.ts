/** Which refusals somebody has read: a reason typed after them is given for these and no others. */
import { useState } from "react";
import type { AppError } from "../contract";

/** The codes of the refusals shown so far, the one shown now included. */
export const useRead = (error: AppError | null): string[] => {
  const [read, setRead] = useState<string[]>([]);
  if (error === null || read.includes(error.code)) return read;
  const more = [...read, error.code];
  setRead(more);
  return more;
};
