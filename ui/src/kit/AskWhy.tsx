/** A figure of the bench: its derivation is asked for when it is opened, not before. */
import { Popover } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Input } from "../host";
import { useMoney } from "./query";
import { Answer } from "./Screen";
import { WhyLines } from "./Why";

const Lines = (props: { ask: Input<"bench.explain"> }): ReactNode => (
  <div className="ask-why">
    <Answer query={useMoney("bench.explain", props.ask)} rows={5}>
      {(derivation) => <WhyLines derivation={derivation} />}
    </Answer>
  </div>
);

export const AskWhy = (props: { ask: Input<"bench.explain">; children: ReactNode }): ReactNode => {
  const { t } = useTranslation("kit");
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      title={t("whyHint")}
      open={open}
      onOpenChange={setOpen}
      content={open ? <Lines ask={props.ask} /> : null}
      classNames={{ root: "why-popover" }}
    >
      <button type="button" className="why" onClick={(event) => event.stopPropagation()}>
        {props.children}
      </button>
    </Popover>
  );
};
