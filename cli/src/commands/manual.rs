use clap::{Command, CommandFactory};

use crate::arguments::Tally;

const HEAD: &str = "# The command line

<!-- Written by `tally manual`; do not edit. -->

`tally` asks the same door as the window and the browser; each subcommand is one request or a few,
and `tally api METHOD PATH [BODY]` reaches all the others ([openapi.json](openapi.json) lists them).

```sh
tally init                                        # the recovery key is shown once: keep it
tally import focus-2024-09.csv.gz                 # detected by its columns, refused whole if a row is bad
tally people add \"Ada Lovelace\" --email ada@example.com
tally rules add --owner \"person:Ada Lovelace\" --tag environment=dev --from 2024-09-01
tally costs --month 2024-09 --by person
tally invoices draft --month 2024-09 && tally invoices issue 1
tally invoices pdf 1 --out ada.pdf
```

`tally costs --json` prints amounts as decimal strings, one result a currency, never added:

```json
{\"from\": \"2024-09-01\", \"to\": \"2024-09-30\", \"metric\": \"billed\", \"results\": [
  {\"currency\": \"USD\", \"rows\": [
    {\"key\": \"1\", \"label\": \"Ada Lovelace\", \"amount\": \"17.963241397\"},
    {\"key\": \"unowned\", \"label\": \"Unowned\", \"amount\": \"2.316985332\"}
  ], \"total\": \"20.280226729\"}
]}
```
";

/// Prints the manual: the help of every command.
pub fn manual() {
    let mut all = Tally::command().term_width(96);
    all.build();
    let mut text = HEAD.to_owned();
    chapter(&mut all, "tally", &mut text);
    crate::say::bytes(text.as_bytes());
}

fn chapter(command: &mut Command, path: &str, text: &mut String) {
    let help = command.render_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    text.push_str(&format!(
        "\n## {path}\n\n```text\n{}\n```\n",
        help.join("\n").trim_end()
    ));
    let names: Vec<String> = command
        .get_subcommands()
        .filter(|inner| !inner.is_hide_set() && inner.get_name() != "help")
        .map(|inner| inner.get_name().to_owned())
        .collect();
    for name in names {
        if let Some(inner) = command.find_subcommand_mut(&name) {
            chapter(inner, &format!("{path} {name}"), text);
        }
    }
}
