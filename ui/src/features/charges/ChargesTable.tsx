import { Drawer } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef } from "react";
import type { Charge } from "../../host/wire";
import { Amount } from "../../shared/Amount";
import { useArrowKeys } from "../../shared/arrow-keys";
import { nameDay } from "../../shared/days";
import { ErrorPanel } from "../../shared/ErrorPanel";
import { ExportTable } from "../../shared/ExportTable";
import styles from "./ChargesTable.module.css";
import { type ChargesAsk, chargePage, PAGE, pagesFor } from "./load";
import { Why } from "./Why";

const ROW = 36;

type ChargesTableProps = {
  ask: ChargesAsk;
  total: number;
  /** The place in the list of the charge whose why is open. */
  open: number | undefined;
  onOpen: (row: number | undefined) => void;
};

function Cells({ charge, ask, onOpen }: { charge: Charge | undefined; ask: ChargesAsk; onOpen: () => void }) {
  if (charge === undefined) return <div role="cell" className={styles.coming} />;
  const resource = charge.resource_name ?? charge.resource;
  return (
    <>
      <div role="cell" className={styles.cell}>
        {nameDay(charge.day)}
      </div>
      <div role="cell" className={styles.cell}>
        <button
          type="button"
          className={`plain ${styles.opener}`}
          data-nav
          tabIndex={-1}
          onClick={onOpen}
          title={charge.service}
        >
          {charge.service}
        </button>
      </div>
      <div role="cell" className={styles.cell} title={charge.resource ?? undefined}>
        {resource ?? <span className="soft">–</span>}
      </div>
      <div role="cell" className={styles.cell} title={charge.description}>
        {charge.description || charge.sku}
      </div>
      <div role="cell" className={styles.cell} title={charge.account?.id}>
        {charge.account?.name ?? charge.account?.id ?? ""}
      </div>
      <div role="cell" className={styles.cell}>
        {charge.owner?.label ?? <em className="soft">Unowned</em>}
      </div>
      <div role="cell" className={`${styles.cell} ${styles.amount}`}>
        <Amount
          amount={ask.metric === "effective" ? charge.effective : charge.billed}
          currency={charge.currency}
        />
      </div>
    </>
  );
}

const HEADS = ["Day", "Service", "Resource", "What", "Account", "Owner"];

/** As many rows as there are, only those in view drawn, and only their pages fetched. */
export function ChargesTable({ ask, total, open, onOpen }: ChargesTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 16,
  });
  const reveal = useCallback(
    (row: number) => row < total && virtualizer.scrollToIndex(row),
    [virtualizer, total],
  );
  useArrowKeys(scroller, reveal);
  const items = virtualizer.getVirtualItems();
  const wanted = pagesFor(items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  const openPage = open === undefined ? undefined : Math.floor(open / PAGE);
  const pages = openPage === undefined || wanted.includes(openPage) ? wanted : [...wanted, openPage];
  const answers = useQueries({ queries: pages.map((page) => chargePage(ask, page)) });
  const rowAt = (index: number): Charge | undefined =>
    answers[pages.indexOf(Math.floor(index / PAGE))]?.data?.rows[index % PAGE];
  const failed = answers.find((answer) => answer.error !== null);
  const shown = open === undefined ? undefined : rowAt(open);
  return (
    <>
      {failed !== undefined && (
        <div className={styles.failed}>
          <ErrorPanel error={failed.error} retry={() => failed.refetch()} />
        </div>
      )}
      <section
        ref={scroller}
        className={styles.scroller}
        aria-label="Charges"
        tabIndex={0}
        data-testid="charges"
      >
        <div role="table" aria-rowcount={total + 1} aria-label="Charges" className={styles.table}>
          <div role="rowgroup" className={styles.head}>
            <div role="row" className={styles.row} aria-rowindex={1}>
              {HEADS.map((head) => (
                <div role="columnheader" key={head} className={styles.cell}>
                  {head}
                </div>
              ))}
              <div role="columnheader" className={`${styles.cell} ${styles.amount}`}>
                {ask.metric === "effective" ? "Effective" : "Billed"}
              </div>
            </div>
          </div>
          <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
            {items.map((item) => (
              <ChargeRow
                key={item.key}
                index={item.index}
                start={item.start}
                charge={rowAt(item.index)}
                ask={ask}
                chosen={item.index === open}
                onOpen={onOpen}
              />
            ))}
          </div>
        </div>
      </section>
      <div className={styles.under}>
        <ExportTable
          label="Charges"
          file={{ table: "charges", query: { from: ask.from, to: ask.to, as_of: ask.as_of, ...ask.filters } }}
        />
      </div>
      <Drawer
        opened={open !== undefined}
        onClose={() => onOpen(undefined)}
        title="Why this charge"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {shown !== undefined && <Why charge={shown} />}
      </Drawer>
    </>
  );
}

type ChargeRowProps = {
  index: number;
  start: number;
  charge: Charge | undefined;
  ask: ChargesAsk;
  chosen: boolean;
  onOpen: (row: number) => void;
};

function ChargeRow({ index, start, charge, ask, chosen, onOpen }: ChargeRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      className={`${styles.row} ${styles.line} ${chosen ? styles.chosen : ""}`}
      style={{ transform: `translateY(${start}px)` }}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest("button") === null && charge !== undefined) onOpen(index);
      }}
    >
      <Cells charge={charge} ask={ask} onOpen={() => onOpen(index)} />
    </div>
  );
}
