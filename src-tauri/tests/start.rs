//! The program as it is started from a terminal.

use std::process::Command;

#[test]
fn words_that_are_not_understood_are_named_and_no_window_opens() {
    let output = Command::new(env!("CARGO_BIN_EXE_tallyport"))
        .arg("--sandbxo")
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("--sandbxo is not understood"), "{said}");
    assert!(
        said.contains("--workspace PATH"),
        "it says what is understood: {said}"
    );
}
