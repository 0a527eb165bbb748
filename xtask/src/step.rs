//! Starting a program, saying which, and taking its failure seriously.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// Says what is started, waits, and fails when it failed.
pub fn run(mut command: Command) -> Result<()> {
    let text = shown(&command);
    println!("$ {text}");
    let status = command
        .status()
        .with_context(|| format!("cannot start `{text}`"))?;
    if !status.success() {
        bail!("`{text}` failed ({status})");
    }
    Ok(())
}

/// Runs a program, passes its lines on as they come, and gives each to `line` too. Answers
/// whether it succeeded.
pub fn watch(mut command: Command, mut line: impl FnMut(&str)) -> Result<bool> {
    let text = shown(&command);
    println!("$ {text}");
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{text}`"))?;
    let output = child.stdout.take().context("its output is piped")?;
    for read in BufReader::new(output).split(b'\n') {
        let read = read?;
        let text = String::from_utf8_lossy(&read);
        println!("{text}");
        line(&text);
    }
    Ok(child.wait()?.success())
}

/// What a program prints, or nothing when it cannot be started or fails.
pub fn answer(mut command: Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|argument| argument.to_string_lossy().into_owned()),
    );
    words.join(" ")
}
