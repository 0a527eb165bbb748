import { Button, Menu } from "@mantine/core";
import { IconFileDollar } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMay } from "./permissions";

/** Whose account: `person:3`. */
type AccountProps = { of: string };

const icon = <IconFileDollar size={15} aria-hidden="true" />;

/** Leads to what somebody was billed, paid and owes; for those who may read invoices. */
export function AccountItem({ of }: AccountProps) {
  if (!useMay("read invoices")) return null;
  return (
    <Menu.Item leftSection={icon} component={Link} to="/invoices/account" search={{ for: of } as never}>
      Statement of account
    </Menu.Item>
  );
}

/** The same where there is no menu. */
export function AccountButton({ of }: AccountProps) {
  if (!useMay("read invoices")) return null;
  return (
    <Button
      variant="default"
      leftSection={icon}
      component={Link}
      to="/invoices/account"
      search={{ for: of } as never}
    >
      Statement of account
    </Button>
  );
}
