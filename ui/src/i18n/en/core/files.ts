import type { Mirror } from "../../mirror";
import type { files as zh } from "../../zh/core/files";

export const files: Mirror<typeof zh> = {
  "host.bridge": "The connection to the program's core failed; open the window again: {{text}}",
  cancelled: "Cancelled; the unfinished step changed nothing, what was finished before stays",
  "command.unknown":
    "The core does not know the command {{name}}: window and core are of different versions; install again",
  "shell.failed": "The program failed and changed nothing: {{text}}",
  "workspace.none_open": "No workspace is open; create or open one first",
  "workspace.read_only":
    "The workspace is open to read only, so nothing can be changed; close the window that uses it or make the file writable, then open it again: {{path}}",
  "workspace.busy":
    "The workspace is busy with long work; wait for it or cancel it, then try again",
  "workspace.synced_folder":
    "The workspace lies in a folder synced by {{cloud}}, which may damage it; close it and move the file to an ordinary folder",
  "workspace.backup_failed":
    "Today's backup could not be made ({{detail}}); check the disk and the folder of backups, then back up by hand",
  "file.unreachable":
    "The file cannot be read or written; check the path and your rights: {{path}} ({{detail}})",
  "file.not_a_workspace": "This is not a Pincang workspace; choose a .pincang file: {{path}}",
  "file.other_workspace":
    "This is a backup of another workspace and cannot be restored here; choose one of this workspace: {{path}}",
  "file.newer":
    "The workspace was written by a newer version (format {{found}}, this program knows {{known}}); please update: {{path}}",
  "file.locked": "Another window or command is using the workspace; close it there first: {{path}}",
  "file.read_only":
    "The file is read-only, so nothing can be posted; make it writable or copy it to a folder that is: {{path}}",
  "file.network_drive":
    "A workspace cannot live on a network drive ({{kind}}), whose locks are not reliable; please move it to a local disk: {{path}}",
  "file.exists": "There is a file of this name already; please choose another: {{path}}",
  "file.disk_full": "The disk is full; nothing was changed. Please make room and try again.",
  "file.damaged": "The workspace file is damaged; restore it from a backup: {{detail}}",
  "file.entry_unknown":
    "The workspace holds an entry that this version cannot read; please update: {{detail}}",
  "file.failed": "The workspace file failed; nothing was changed: {{detail}}",
  "file.not_ours": "Only files written by this run can be opened; export it again: {{path}}",
  "file.no_reader":
    "The system has no program for this kind of file; install one or open it yourself: {{reason}}",
  "verify.chain_broken":
    "The hash chain breaks at entry {{position}} ({{kind}}): the file was changed from outside; restore a backup",
  "verify.unreadable": "Entry {{position}} cannot be read; restore a backup: {{detail}}",
  "verify.table_differs":
    "Table {{table}} differs from the replay ({{kept}} kept, {{replayed}} replayed); rebuild the balances",
  "verify.file_missing":
    "An attached file is missing: {{path}}. Restore a backup, or attach it again",
  "verify.file_changed":
    "An attached file is not what was attached: {{path}}. Delete it and restore a backup, or attach the right one again",
  "verify.below_zero": "Lot {{lot}} at {{place}} is below zero on {{day}}: {{qty}} units",
  "verify.damaged": "The database file is damaged; restore a backup: {{detail}}",
  "command.field_missing":
    "The JSON of {{name}} lacks the field {{field}}; see `pincang help {{name}}`. If the window says this, install it and the program anew in one version",
  "command.malformed":
    "What {{name}} was given is not what it takes: {{detail}}. See `pincang help {{name}}`; if the window says this, install it and the program anew in one version",
  "export.too_many_rows": "{{found}} rows do not fit into a sheet; write a CSV file",
  "export.text_too_long":
    "The text in row {{row}}, column {{column}} is too long for a cell; write a CSV file",
  "export.failed": "The file cannot be written: {{detail}}",
  "file.name_refused": "This file name cannot be used: {{path}} (it must end in {{endings}})",
  "demo.steps": "Making the demo",
  "export.no_past":
    "Only stock can be exported as of a past day, not {{table}}; export it without a day",
  "export.no_shop":
    "Only order differences can be exported of one shop, not {{table}}; export it without a shop",
  "export.read": "Reading",
  "export.write": "Writing the file",
  verify: "Replaying the ledger",
  "file.unreadable": "The file cannot be read; check its path and rights: {{path}} ({{detail}})",
};
