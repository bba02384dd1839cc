/** How wide a grid stands, so that it can choose what to show. */
import { type RefObject, useLayoutEffect, useState } from "react";

/** The inner width of an element in pixels; 0 until it is laid out. */
export const useRoom = (box: RefObject<HTMLElement | null>): number => {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => setRoom(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return room;
};
