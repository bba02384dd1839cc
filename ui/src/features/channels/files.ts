/** Rules in and out as JSON files. */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { pickFile, pickSave } from "../../host";
import { useNotices } from "../../kit/Notices";
import { useAct } from "../../kit/query";

const ENDINGS = ["json"];

/** Adds versions from a file to a channel, or founds one by them. */
export const useRulesIn = (): { run: (channel: string | null) => Promise<void>; busy: boolean } => {
  const { t } = useTranslation("channels");
  const load = useAct("channel.import");
  const run = async (id: string | null): Promise<void> => {
    const path = await pickFile({ name: t("jsonFile"), extensions: ENDINGS });
    if (path !== null) await load.run({ path, id });
  };
  return { run, busy: load.busy };
};

/** Writes all versions of a channel to a file. */
export const useRulesOut = (): {
  run: (channel: { id: string; code: string }) => Promise<void>;
  busy: boolean;
} => {
  const { t } = useTranslation("channels");
  const notices = useNotices();
  const write = useAct("channel.export");
  const { run: send } = write;
  const run = useCallback(
    async ({ id, code }: { id: string; code: string }): Promise<void> => {
      const path = await pickSave({ name: t("jsonFile"), extensions: ENDINGS }, `${code}.json`);
      if (path === null) return;
      if ((await send({ id, path })) !== null) notices.say(t("written", { path }));
    },
    [t, send, notices],
  );
  return { run, busy: write.busy };
};
