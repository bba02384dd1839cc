/** The frame of every screen: title, its question, acts, and its states. */
import type { UseQueryResult } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import type { AppError } from "../contract";
import { ErrorView } from "./ErrorView";

export const Screen = (props: {
  title: string;
  /** The question the screen answers, or its answer in short. */
  question?: ReactNode;
  acts?: ReactNode;
  /** Chips and filters between head and body. */
  tools?: ReactNode;
  /** A detail beside the body. */
  detail?: ReactNode;
  children: ReactNode;
}): ReactNode => (
  <div className="screen">
    <header className="screen-head">
      <div className="screen-title">
        <h1>{props.title}</h1>
        {props.question && <p>{props.question}</p>}
      </div>
      <div className="screen-acts">{props.acts}</div>
    </header>
    {props.tools && <div className="screen-tools">{props.tools}</div>}
    <div className="screen-split">
      <main className="screen-body">{props.children}</main>
      {props.detail}
    </div>
  </div>
);

/** What to do first, where there is nothing yet. */
export const Empty = (props: {
  title: string;
  children?: ReactNode;
  acts?: ReactNode;
}): ReactNode => (
  <div className="empty">
    <h2>{props.title}</h2>
    {props.children && <p>{props.children}</p>}
    {props.acts && <div className="empty-acts">{props.acts}</div>}
  </div>
);

/** Grey lines in the shape of what comes, so that nothing jumps when it does. */
export const Loading = (props: { rows?: number }): ReactNode => (
  <div className="loading">
    <Skeleton active title={false} paragraph={{ rows: props.rows ?? 8, width: "100%" }} />
  </div>
);

/** A query's three states: grey lines, the error with a retry, or the answer. */
export const Answer = <T,>(props: {
  query: UseQueryResult<T, AppError>;
  rows?: number;
  children: (data: T) => ReactNode;
}): ReactNode => {
  const { query } = props;
  if (query.data !== undefined) return props.children(query.data);
  if (query.error) {
    return (
      <div className="screen-error">
        <ErrorView error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  return <Loading {...(props.rows === undefined ? {} : { rows: props.rows })} />;
};
