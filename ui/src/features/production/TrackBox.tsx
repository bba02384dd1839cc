/** One of the four tracks of an order: its name, its acts, and what stands on it. */
import type { ReactNode } from "react";

export const TrackBox = (props: {
  title: string;
  acts?: ReactNode;
  children: ReactNode;
}): ReactNode => (
  <section className="track">
    <header>
      <h3>{props.title}</h3>
      <span className="track-acts">{props.acts}</span>
    </header>
    {props.children}
  </section>
);
