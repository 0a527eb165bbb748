use tallyport_workspace::invoices;

use crate::desk::desk;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_lies_with_an_invoice_as_it_was_attached() {
    let desk = desk().await;
    let draft = desk.drafted("ada").await;
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    let name = "../../etc/\u{202e}gpj.order\n.pdf";
    let kept = invoices::attach(
        cx,
        &by,
        draft.id,
        name,
        "application/pdf",
        b"signed".to_vec(),
    )
    .await
    .unwrap();
    assert_eq!(
        (kept.number, kept.name.as_str(), kept.size),
        (1, "gpj.order.pdf", 6)
    );
    let long = "x".repeat(300);
    let kept = invoices::attach(cx, &by, draft.id, &long, "<script>", b"2".to_vec())
        .await
        .unwrap();
    assert_eq!(
        (kept.name.len(), kept.media_type.as_str()),
        (120, "application/octet-stream")
    );

    invoices::detach(cx, &by, draft.id, 2).await.unwrap();
    desk.issue(draft.id).await.unwrap();
    let fixed = invoices::detach(cx, &by, draft.id, 1).await.unwrap_err();
    assert_eq!(fixed.code(), "invoice.issued");
    let (_, content) = invoices::attachment(cx, &desk.scene.may(), draft.id, 1)
        .await
        .unwrap();
    assert_eq!(content, b"signed");
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_and_too_much_cannot_be_attached() {
    let desk = desk().await;
    let draft = desk.drafted("ada").await;
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    for content in [Vec::new(), vec![0; invoices::LARGEST_ATTACHMENT + 1]] {
        let refused = invoices::attach(cx, &by, draft.id, "a", "", content)
            .await
            .unwrap_err();
        assert_eq!(refused.details()["field"], "file");
    }
    for _ in 0..20 {
        invoices::attach(cx, &by, draft.id, "a", "", vec![1])
            .await
            .unwrap();
    }
    let full = invoices::attach(cx, &by, draft.id, "a", "", vec![1])
        .await
        .unwrap_err();
    assert!(full.to_string().contains("at most 20"), "{full}");
    // They go with a draft that is thrown away.
    invoices::discard(cx, &by, draft.id).await.unwrap();
    desk.sound().await;
}
