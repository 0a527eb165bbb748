import { Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconArrowBackUp,
  IconChevronDown,
  IconDots,
  IconDownload,
  IconEdit,
  IconReceiptRefund,
  IconReplace,
  IconSend,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Invoice } from "../../host/wire";
import { AccountItem } from "../../shared/Account";
import { showDone } from "../../shared/notices";
import { type BatchDeed, BatchDialog } from "./batch/BatchDialog";
import { ChangeDrawer } from "./ChangeDrawer";
import { CreditDialog } from "./CreditDialog";
import { deleteDraft, draftFor, type Form, may, saveAs, withdraw } from "./load";
import { PaymentDialog } from "./Payments";
import { SendDialog } from "./sending/SendDialog";

const SIZE = 15;

const FORMS: { form: Form; label: string }[] = [
  { form: "pdf", label: "PDF" },
  { form: "hybrid", label: "PDF with Factur-X inside" },
  { form: "ubl", label: "XML, UBL 2.1" },
  { form: "cii", label: "XML, CII" },
];

/** Saves the document: a draft as a PDF that says so, what was issued for machines as well. */
function Downloads({ invoice }: { invoice: Invoice }) {
  const save = useMutation({
    mutationFn: (form: Form) => saveAs(invoice, form),
    onSuccess: (where) => where !== null && showDone(`Saved as ${where}`),
  });
  return (
    <Button.Group>
      <Button
        variant="default"
        leftSection={<IconDownload size={SIZE} aria-hidden="true" />}
        loading={save.isPending}
        onClick={() => save.mutate("pdf")}
      >
        Save PDF
      </Button>
      {invoice.issued_on !== null && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px={8} aria-label="Save in another form">
              <IconChevronDown size={SIZE} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {FORMS.map(({ form, label }) => (
              <Menu.Item key={form} onClick={() => save.mutate(form)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  );
}

/** Throws a draft away; drafting for the same recipient makes it again. */
function useDiscard(invoice: Invoice) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => deleteDraft(invoice.id),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["invoices"] });
      const again =
        invoice.kind === "invoice"
          ? () => {
              draftFor(invoice).finally(() => cache.invalidateQueries());
            }
          : undefined;
      showDone(`The draft for ${invoice.for.label} is gone`, again);
      navigate({ to: "/invoices", search: { month: invoice.period } });
    },
  });
}

/** What this person can do with the document now; the program says what that is. */
export function Actions({ invoice }: { invoice: Invoice }) {
  const cache = useQueryClient();
  const [deed, setDeed] = useState<BatchDeed>();
  const [correcting, setCorrecting] = useState<"credit" | "replace">();
  const [paying, payment] = useDisclosure(false);
  const [changing, edit] = useDisclosure(false);
  const [sending, mail] = useDisclosure(false);
  const discard = useDiscard(invoice);
  const back = useMutation({
    mutationFn: () => withdraw(invoice.id),
    onSuccess: () => {
      void cache.invalidateQueries();
      showDone("It is a draft again");
    },
  });
  const more = [
    may(invoice, "change") && (
      <Menu.Item key="change" leftSection={<IconEdit size={SIZE} aria-hidden="true" />} onClick={edit.open}>
        Change details or add a line…
      </Menu.Item>
    ),
    may(invoice, "send") && invoice.sent !== null && (
      <Menu.Item key="send" leftSection={<IconSend size={SIZE} aria-hidden="true" />} onClick={mail.open}>
        Send again…
      </Menu.Item>
    ),
    may(invoice, "withdraw") && (
      <Menu.Item
        key="withdraw"
        leftSection={<IconArrowBackUp size={SIZE} aria-hidden="true" />}
        onClick={() => back.mutate()}
      >
        Withdraw the approval
      </Menu.Item>
    ),
    may(invoice, "discard") && (
      <Menu.Item
        key="discard"
        leftSection={<IconTrash size={SIZE} aria-hidden="true" />}
        onClick={() => discard.mutate()}
      >
        Delete draft
      </Menu.Item>
    ),
    may(invoice, "credit") && (
      <Menu.Item
        key="credit"
        leftSection={<IconReceiptRefund size={SIZE} aria-hidden="true" />}
        onClick={() => setCorrecting("credit")}
      >
        Credit…
      </Menu.Item>
    ),
    may(invoice, "replace") && (
      <Menu.Item
        key="replace"
        leftSection={<IconReplace size={SIZE} aria-hidden="true" />}
        onClick={() => setCorrecting("replace")}
      >
        Replace…
      </Menu.Item>
    ),
    invoice.issued_on !== null && <AccountItem key="account" of={`${invoice.for.kind}:${invoice.for.id}`} />,
  ].filter((item) => item !== false);
  return (
    <>
      <Downloads invoice={invoice} />
      {may(invoice, "approve") && (
        <Button variant={may(invoice, "issue") ? "default" : "filled"} onClick={() => setDeed("approve")}>
          Approve…
        </Button>
      )}
      {may(invoice, "issue") && <Button onClick={() => setDeed("issue")}>Issue…</Button>}
      {may(invoice, "send") && invoice.sent === null && <Button onClick={mail.open}>Send…</Button>}
      {may(invoice, "pay") && (
        <Button variant={invoice.sent === null ? "default" : "filled"} onClick={payment.open}>
          Record payment…
        </Button>
      )}
      {more.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px={8} aria-label="More">
              <IconDots size={16} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>{more}</Menu.Dropdown>
        </Menu>
      )}
      {deed !== undefined && (
        <BatchDialog deed={deed} invoices={[invoice]} onClose={() => setDeed(undefined)} />
      )}
      {sending && <SendDialog invoice={invoice} onClose={mail.close} />}
      <CreditDialog invoice={invoice} deed={correcting} onClose={() => setCorrecting(undefined)} />
      <PaymentDialog invoice={invoice} opened={paying} onClose={payment.close} />
      <ChangeDrawer invoice={invoice} opened={changing} onClose={edit.close} />
    </>
  );
}
