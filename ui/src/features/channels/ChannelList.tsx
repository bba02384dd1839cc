/** The channels: under which rules each sells, since when, and what the law says of them. */
import { Dropdown } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelRow } from "../../contract";
import { ArrayGrid } from "../../kit/grid/ArrayGrid";
import type { Column } from "../../kit/grid/columns";
import { useDetailRoute } from "../../kit/links";
import { useCall } from "../../kit/query";
import { Answer, Empty } from "../../kit/Screen";
import { useSession } from "../../kit/session";
import { useWords } from "../../kit/words";
import { ChannelDetail } from "./ChannelDetail";
import { ChannelForm } from "./ChannelForms";
import { useRulesIn } from "./files";
import { FlagCount } from "./LawFlags";
import { VersionLine } from "./Versions";

const useColumns = (): Column<ChannelRow>[] => {
  const { t } = useTranslation("channels");
  const { name } = useWords();
  return useMemo(
    () => [
      {
        id: "code",
        title: t("code"),
        width: 96,
        sortable: true,
        by: (row) => row.code,
        cell: (row) => row.code,
        text: (row) => row.code,
      },
      {
        id: "name",
        title: t("channel"),
        width: 150,
        grow: 1,
        sortable: true,
        by: (row) => name(row.name),
        cell: (row) => name(row.name),
        text: (row) => name(row.name),
      },
      {
        id: "shop",
        title: t("shop"),
        width: 80,
        cell: (row) => row.shopCode ?? "–",
        text: (row) => row.shopCode ?? "",
      },
      {
        id: "version",
        title: t("versionNow"),
        width: 86,
        cell: (row) =>
          row.version === null ? (
            <span className="tone-red">{t("noneInForce")}</span>
          ) : (
            t("versionShort", { version: row.version })
          ),
        text: (row) => String(row.version ?? ""),
      },
      {
        id: "line",
        title: t("versionLine"),
        width: 200,
        grow: 2,
        cell: (row) => <VersionLine versions={row.versions} />,
        text: (row) => row.versions.map(({ version, from }) => `${version} ${from}`).join("; "),
      },
      {
        id: "law",
        title: t("law"),
        width: 92,
        cell: (row) => <FlagCount gravest={row.gravest} count={row.flags} />,
        text: (row) => `${row.gravest ?? ""} ${row.flags}`,
      },
    ],
    [t, name],
  );
};

const SPARE = ["line", "shop", "code"];

/** Adding a channel: from a built-in rule set, or from a file. */
const useAdding = (onAdded: (id: string) => void): { acts: ReactNode; dialog: ReactNode } => {
  const { t } = useTranslation("channels");
  const { may } = useSession();
  const [adding, setAdding] = useState(false);
  const load = useRulesIn();
  if (!may("settings")) return { acts: null, dialog: null };
  return {
    acts: (
      <Dropdown.Button
        type="primary"
        loading={load.busy}
        onClick={() => setAdding(true)}
        menu={{
          items: [{ key: "import", label: t("importJson") }],
          onClick: () => void load.run(null),
        }}
      >
        {t("addChannel")}
      </Dropdown.Button>
    ),
    dialog: adding && (
      <ChannelForm
        channel={null}
        onSaved={(id) => id !== null && onAdded(id)}
        onClose={() => setAdding(false)}
      />
    ),
  };
};

export const useChannelList = (): { body: ReactNode; detail: ReactNode; acts: ReactNode } => {
  const { t } = useTranslation("channels");
  const route = useDetailRoute("/channels/rules");
  const list = useCall("channel.list", {});
  const columns = useColumns();
  const { acts, dialog } = useAdding(route.open);
  const open = list.data?.find(({ id }) => id === route.id);
  return {
    acts,
    detail: open && <ChannelDetail key={open.id} channel={open} route={route} />,
    body: (
      <>
        <Answer query={list} rows={8}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t("noChannels")} acts={acts}>
                {t("noChannelsText")}
              </Empty>
            ) : (
              <ArrayGrid
                id="channels"
                label={t("channels")}
                columns={columns}
                spare={SPARE}
                list={rows}
                rowKey={(row) => row.id}
                openKey={route.id}
                onOpen={(row) => route.open(row.id)}
                rowTone={(row) => (row.version === null ? "red" : undefined)}
              />
            )
          }
        </Answer>
        {dialog}
      </>
    ),
  };
};
