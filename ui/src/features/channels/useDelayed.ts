/** A value that follows another once it has rested: a slider in motion asks the core only then. */
import { useEffect, useState } from "react";

const REST_MS = 180;

export const useDelayed = <T>(value: T): T => {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
};
