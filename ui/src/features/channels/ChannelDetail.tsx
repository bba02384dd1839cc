/** One channel: the time line of its rules, a version of them readable, and what is assumed. */
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelRow, ChannelRules } from "../../contract";
import { Detail, Facts, Part } from "../../kit/Detail";
import { Money, Percent } from "../../kit/Figures";
import { useKeys } from "../../kit/keys";
import type { DetailRoute } from "../../kit/links";
import { useCall, useMoney } from "../../kit/query";
import { Answer } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { AssumptionsForm, ChannelForm } from "./ChannelForms";
import { useRulesIn, useRulesOut } from "./files";
import { RulesView } from "./RulesView";
import { VersionLine, VersionTable } from "./Versions";

const Assumptions = (props: { channel: ChannelRow; name: string }): ReactNode => {
  const { t } = useTranslation("channels");
  const kit = useTranslation("kit").t;
  const { currency, may } = useSession();
  const all = useMoney("channel.assumptions", {});
  const [editing, setEditing] = useState(false);
  const amount = (value: string): ReactNode => <Money amount={value} currency={currency} />;
  return (
    <Part
      title={t("assumptions")}
      acts={
        may("settings") && (
          <Button size="small" disabled={!all.data} onClick={() => setEditing(true)}>
            {kit("edit")}
          </Button>
        )
      }
    >
      <Answer query={all} rows={2}>
        {(list) => {
          const data = list.find(({ id }) => id === props.channel.id);
          if (data === undefined) return null;
          return (
            <>
              <Facts
                facts={[
                  [t("packing"), amount(data.packing)],
                  [t("returnPpm"), <Percent key="r" ppm={data.returnPpm} />],
                  [t("returnLoss"), amount(data.returnLoss)],
                  [t("feeVatPpm"), <Percent key="v" ppm={data.feeVatPpm} />],
                  [t("destruction"), amount(data.destruction)],
                  [t("markUp"), amount(data.markUp ?? "0")],
                ]}
              />
              {editing && (
                <AssumptionsForm
                  assumed={data}
                  name={props.name}
                  onClose={() => setEditing(false)}
                />
              )}
            </>
          );
        }}
      </Answer>
    </Part>
  );
};

const Rules = (props: { rules: ChannelRules }): ReactNode => {
  const { t } = useTranslation("channels");
  const { versions } = props.rules;
  const [sha, setSha] = useState<string | null>(null);
  const now = versions.find(({ version }) => version.inForce) ?? versions[0];
  const shown = versions.find(({ version }) => version.sha256 === sha) ?? now;
  if (shown === undefined) return null;
  const all = versions.map(({ version }) => version);
  return (
    <>
      <Part title={t("versionLine")}>
        <VersionLine versions={all} />
        <VersionTable versions={all} shown={shown.version.sha256} onShow={setSha} />
      </Part>
      <RulesView card={shown} />
    </>
  );
};

export const ChannelDetail = (props: { channel: ChannelRow; route: DetailRoute }): ReactNode => {
  const { t } = useTranslation("channels");
  const kit = useTranslation("kit").t;
  const words = useWords();
  const { may } = useSession();
  const { channel, route } = props;
  const rules = useCall("channel.rules", { id: channel.id });
  const [editing, setEditing] = useState(false);
  const load = useRulesIn();
  const write = useRulesOut();
  useKeys(may("settings") ? { e: () => setEditing(true) } : {});
  const name = words.name(channel.name);
  return (
    <Detail
      title={name}
      subtitle={`${channel.code} · ${channel.ruleSet}${channel.shopCode === null ? "" : ` · ${channel.shopCode}`}`}
      acts={
        <>
          {may("settings") && (
            <>
              <Button size="small" onClick={() => setEditing(true)}>
                {kit("edit")}
              </Button>
              <Button size="small" loading={load.busy} onClick={() => void load.run(channel.id)}>
                {t("addVersion")}
              </Button>
            </>
          )}
          <Button size="small" loading={write.busy} onClick={() => void write.run(channel)}>
            {t("exportJson")}
          </Button>
        </>
      }
      wide={route.wide}
      onWide={route.setWide}
      onClose={route.close}
    >
      <Answer query={rules} rows={10}>
        {(data) => <Rules key={data.id} rules={data} />}
      </Answer>
      <Assumptions channel={channel} name={name} />
      {editing && (
        <ChannelForm
          channel={channel}
          onSaved={() => undefined}
          onClose={() => setEditing(false)}
        />
      )}
    </Detail>
  );
};
